app-name = Etalon
app-tagline = Единый реестр продаж
