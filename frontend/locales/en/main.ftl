app-name = Etalon
app-tagline = One registry of every deal
