# Settings.
settings-sections = Sections of the settings
settings-profile = Profile
settings-people = People
settings-departments = Departments
settings-products = Products
settings-rates = Exchange rates

field-role = Role
field-language = Language
field-time-zone = Time zone
field-current-password = Present password
field-new-password = New password
field-active = State
field-manager-id = Own head
field-share-deals = Shares deals
field-parent-department = Department above
field-series = Series
field-price = List price
field-currency = Currency
field-base-currency = Currency

password-title = Password
password-change = Change password
password-changed = The password is changed. All other sessions have ended.
password-help = At least ten characters. A few unrelated words are easy to remember.

sessions-title = Where you are signed in
sessions-text = End a session that you do not recognize, and change your password after it.
session-current = This one
session-used = Last used { $when }
session-unknown = Unknown device
session-end = Sign out on { $device }
session-ended = The session has ended
sign-out-everywhere = Sign out everywhere
sign-out-everywhere-text = Every session ends, this one too. You sign in again with your password.
sign-out-everywhere-confirm = Sign out everywhere

people-search = Name or e-mail
people-none-title = Nobody fits
people-none-text = Nobody fits all of these filters.
people-count = { $count ->
    [one] { $shown } person
   *[other] { $shown } people
}
person-add = Add person
person-new = New person
person-edit = Person
person-added = { $name } is added
person-active = Active
person-inactive = Inactive
person-active-help = Inactive people cannot sign in. Their deals and history stay.
person-activate = Activate
person-deactivate = Deactivate
person-activated = { $name } is active again
person-deactivated = { $name } can no longer sign in
person-no-email = No e-mail, cannot sign in
person-no-password = no password yet
person-email-help = Used to sign in.
person-manager-help = Only when it is not the head of the department.
person-password-keep = Empty keeps the present password. A new one ends the person’s sessions.
person-password-none = Without a password the person cannot sign in. At least ten characters.

departments-empty-title = No departments yet
departments-empty-text = Departments decide who sees which deals: a head sees everything below, managers what their department shares.
department-add = Add department
department-new = New department
department-added = { $name } is added
department-add-below = Add below
department-edit = Rename or move
department-remove = Remove
department-removed = { $name } is removed
department-in-use = { $name } still has people, deals or departments below it. Move them first.
department-share = { $name } shares its deals
department-shares = Managers of the department now see each other’s deals
department-shares-not = Managers of the department now see only their own deals
department-parent-help = Empty puts it at the top.
department-share-help = Managers of the department see each other’s deals.
column-people = People

products-search = Name, article number or series
products-none-title = Nothing matches
products-none-text = No product fits all of these filters.
products-empty-title = No products yet
products-empty-text = Name what you sell: deals are told apart and summed up by product.
product-add = Add product
product-new = New product
product-edit = Product
product-added = { $name } is added
product-active = Offered
product-inactive = Not offered
product-active-help = Products that are not offered stay in their deals but cannot be chosen for new ones.
product-unit-help = Such as pcs, h or m²
product-cost-help = What one unit costs us; customers never see it
product-activate = Offer again
product-deactivate = Stop offering
product-remove = Remove
product-removed = { $name } is removed
product-in-use = { $name } stands in deals and stays. Stop offering it instead.

rates-today = Today
rates-today-text = How much { $base } one unit of a currency is worth. Open deals are converted at these rates.
rates-published = Published rates
rates-empty-title = No rates yet
rates-empty-text = Import the file of the European Central Bank or add a rate by hand. Until then only amounts in your own currency add up.
rates-none-title = No rates here
rates-none-text = Nothing was published for this currency and day.
rates-every-currency = All
rates-on = As of
rates-import = Import ECB file
rates-imported = Rates are imported
rates-import-span = From { $first } to { $last }
rates-import-skipped = Columns left out, because these currencies no longer exist: { $names }
rates-created = New
rates-updated = Changed
rates-unchanged = Unchanged
rates-missing = Days without a rate
rates-revalued = { $count ->
    [0] No open deal had to be converted anew.
    [one] { $shown } open deal is converted anew.
   *[other] { $shown } open deals are converted anew.
}
rate-base = Base currency
rate-manual = By hand
rate-quote = 1 { $base } = { $rate } { $currency }
rate-add = Add rate
rate-added = The rate is added
rate-new = New rate
rate-help = Such as 1.0472
rate-on-help = Holds until the next published rate.
column-rate = Rate
column-rate-on = Published
column-rate-source = Source
field-rate = Rate
field-rate-on = Day
field-rate-base = One unit of
field-rate-currency = Is worth, in
field-base = Currency
kilobytes = kB
megabytes = MB
