# Accounts, and what lists and pages of records share.
account-kind-customer = Customer
account-kind-partner = Partner
account-kind-competitor = Competitor
account-create = Create account
account-created = { $name } is created
account-deleted = { $name } is in the bin
account-restored = { $name } is out of the bin
accounts-search = Name, tax number, site, phone, city
accounts-none-title = Nothing matches
accounts-none-text = No account fits all of these filters.
accounts-empty-title = No accounts yet
accounts-empty-text = Companies that buy, sell with you or compete. Their deals and people gather here.
accounts-count = { $count ->
    [one] { $shown } account
   *[other] { $shown } accounts
}
account-work = Deals, people and history
account-facts = About the company
account-reach = Contact details
account-company = Company
account-record = Record
account-contacts-empty-title = Nobody here yet
account-contacts-empty-text = Add the people you talk to at this company.

column-open-deals = Open deals
column-updated = Changed
fact-created-at = Created
fact-updated-at = Changed
record-deals-empty-title = No deals
record-deals-empty-text = There are none here, or none that you may see.
open-in-registry = Open in the registry
bin-empty-title = The bin is empty
bin-empty-text = What is deleted waits here and can be restored.
filter-words-help = Several values separated by commas

field-kind = Relationship
field-industry = Industry
field-parent-id = Parent company
field-description = Notes
field-phone = Phone
field-website = Web site
field-country = Country
field-city = City
field-address = Address
field-tax-number = Tax number
field-employees = Employees
field-founded-year = Founded
field-annual-revenue = Annual revenue
