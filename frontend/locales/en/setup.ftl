# The first start.
setup-title = Set up Etalon
setup-text = You create your company and become its administrator. Everything but the currency can be changed later.
setup-group-company = Company
setup-group-you = You
setup-company = Name of the company
setup-currency = Currency of all sums
setup-currency-help = Deals may be in any currency; sums are converted to this one.
setup-name = Your name
setup-submit = Create and sign in
setup-no-token-title = This link is not complete
setup-no-token-text = The server prints the link for the first start in its log. Open it as a whole.
