# Import.
import-drop = Drop the files of your former system here
import-drop-hint = CSV files with deals, accounts, contacts, products or people, up to 100 MB. Several at once, in any order.
import-choose = Choose files
import-upload = Upload
import-sending = Sending { $names }
import-reading = Reading { $names }
import-too-large = The files are larger than 100 MB together. Send them in parts.
import-forbidden-title = Import is for heads and administrators
import-forbidden-text = Ask one of them to bring your data in. What they import appears in your lists.
imports-past = Imports so far
imports-empty-title = Nothing imported yet
imports-empty-text = Give your first files above. Nothing is written before you have seen what will come of it.

column-files = Files
column-result = Result
column-by = By
column-when = When
column-rows = Rows
column-row = Row
column-remarks = Remarks
column-kind = What
column-created = New
column-updated-rows = Changed
column-unchanged = Unchanged
column-superseded = Replaced
column-failed = Not taken
column-header = Column
column-samples = First values
column-target = Becomes
column-format = Written as
column-severity = Weight
column-message = What is wrong
column-value = Value
column-file = File

rows-count = { $count ->
    [one] { $shown } row
   *[other] { $shown } rows
}
import-created-count = { $count ->
    [one] { $shown } new
   *[other] { $shown } new
}
import-updated-count = { $count ->
    [one] { $shown } changed
   *[other] { $shown } changed
}
import-failed-count = { $count ->
    [one] { $shown } not taken
   *[other] { $shown } not taken
}

import-status-draft = Draft
import-status-queued = Waiting
import-status-running = Running
import-status-checked = Checked
import-status-done = Imported
import-status-failed = Stopped

import-kind-people = People
import-kind-products = Products
import-kind-accounts = Accounts
import-kind-contacts = Contacts
import-kind-leads = Leads
import-kind-deals = Deals
import-kind-unknown = Leave out
import-record-department = departments
import-record-person = people
import-record-product = products
import-record-account = accounts
import-record-contact = contacts
import-record-deal = deals

import-setup = How the files are understood
import-file-kind = The rows are
import-encoding = Encoding
import-delimiter = Cells are separated by
import-delimiter-comma = Comma
import-delimiter-semicolon = Semicolon
import-delimiter-tab = Tab
import-delimiter-pipe = Vertical bar
import-left-out = This file is left out. Choose what its rows are to take it in.
import-columns = Columns
import-column-skip = Leave out
import-target-of = What { $column } becomes
import-ambiguous = Look here
import-ambiguous-help = The values can be read in more than one way. Check how they are written.
import-decimal-mark = Decimal mark
import-decimal-point = 1,234.56
import-decimal-comma = 1 234,56
import-scale = Unit
import-scale-1 = units
import-scale-1000 = thousands
import-scale-1000000 = millions
import-date-order = Order of dates
import-date-dmy = day.month.year
import-date-mdy = month/day/year
import-date-ymd = year-month-day
import-preview = First rows as they will be stored

import-options = Options
import-source = Former system
import-pass-gates = Deals that are here already may move on without what their process requires
import-pass-gates-help = Only where you may let deals pass: the history then names what was missing. Otherwise such rows are reported as problems.
import-source-help = Records are found again by this name and their identifier, so that a second import changes them instead of doubling them. Left as csv, only you find again what you imported; give each system a name when you have several.
import-currency-help = For amounts that name none.
import-currency-base = Base currency ({ $base })
import-parent-department = New departments below
import-parent-department-help = Empty puts them at the top, or below your own.
import-default-owner = Records without an owner go to
import-default-owner-help = Empty reports such rows.
import-create-missing = Create what rows mention by name only
import-stages = Stages
import-stage-value = In the files
import-stage-unknown = Unknown, rows are reported
import-stage-of = Stage for { $value }

import-more-files = { $count ->
    [one] and { $shown } more file
   *[other] and { $shown } more files
}
import-check = Check
import-run = Import
import-run-again = Import again
import-discard = Throw away
import-discarded = The import is thrown away
import-not-discarded = It has written records and stays in the list.
import-progress = Progress
import-queued = Waits for its turn
import-checking = Checking: { $done } of { $total } rows
import-running = Importing: { $done } of { $total } rows
import-stopped = The import has stopped
import-stopped-internal = Something failed on the server. What was imported before stays; import again to take the rest.
import-stopped-forbidden = Whoever uploaded the files may not import any more.
import-done-again = These files are imported. After a change you can import them again: known records are changed, not doubled.

import-report = Imported
import-report-text = Done in { $seconds } s. Rows that were not taken are listed below with the reason.
import-report-dry = Checked, nothing is written
import-report-dry-text = This is what an import would do now.
import-also-created = Also created because rows mention them:
import-show-leads = Show the leads
import-show-deals = Show the deals
import-show-accounts = Show the accounts
import-show-contacts = Show the contacts
import-show-people = Show the people

import-problems = Remarks
import-problems-all = All
import-problems-errors = Not taken
import-problems-warnings = Taken with gaps
import-problems-notes = Notes
import-severity-error = Not taken
import-severity-warning = With gaps
import-severity-note = Note
import-download-problems = Remarks as CSV
import-download-failed = Rows not taken as CSV
import-download-failed-of = Rows not taken of { $file }
import-no-problems-title = Nothing of this kind
import-no-problems-text = Look at the other remarks.
import-problem-times = { $sentence } (in { $count } rows)

import-problem-empty-file = The file has no rows
import-problem-unknown-kind = Nobody can tell what the rows are; the file is left out
import-problem-undecodable-bytes = Some characters do not fit the encoding
import-problem-unclosed-quote = A quotation mark is never closed
import-problem-ragged-row = The row has more or fewer cells than the heading
import-problem-empty-row = The row is empty
import-problem-column-missing = This column is needed and leads nowhere
import-problem-column-twice = Two columns become the same; the first counts
import-problem-required = A value is needed
import-problem-invalid-number = Not a number
import-problem-invalid-date = Not a date in the order of the column
import-problem-out-of-range = Outside what is allowed
import-problem-invalid-value = Not one of the possible values
import-problem-invalid-email = Not an e-mail address
import-problem-too-long = Too long
import-problem-too-many-decimals = More decimals than the currency has
import-problem-unknown-currency = Not a known currency
import-problem-currency-assumed = No currency named; that of the import is used
import-problem-unknown-stage = An unknown stage; choose one for it above
import-problem-zone-assumed = No time zone named; that of the import is used
import-problem-close-date-missing = Closed without a date
import-problem-close-date-assumed = Closed without a date; that of the last change is used
import-problem-close-date-expected = Still open; its closing date is taken as the expected one
import-problem-duplicate-identifier = Another row has the same identifier and is used instead
import-problem-similar-name = Written differently elsewhere and taken as the same
import-problem-unknown-reference = There is no such record
import-problem-ambiguous-reference = Several records fit
import-problem-owner-assumed = No known owner; that of the import is used
import-problem-not-allowed = You may not write this record
import-problem-in-bin = The record is in the bin and stays there
import-problem-kept-person = The person can sign in and is not changed by imports
import-problem-refused = The rules refuse this row

import-field-external-id = Identifier
import-field-name = Name
import-field-first-name = First name
import-field-last-name = Last name
import-field-email = E-mail
import-field-phone = Phone
import-field-role = Role
import-field-active = In use
import-field-manager = Head
import-field-manager-external-id = Head, by identifier
import-field-department = Department
import-field-category = Category
import-field-price = Price
import-field-currency = Currency
import-field-account-kind = Relationship
import-field-industry = Industry
import-field-annual-revenue = Annual revenue
import-field-employees = Employees
import-field-founded-year = Founded
import-field-country = Country
import-field-city = City
import-field-address = Address
import-field-website = Web site
import-field-tax-number = Tax number
import-field-parent = Parent company
import-field-parent-external-id = Parent company, by identifier
import-field-description = Notes
import-field-position = Position
import-field-account = Account
import-field-account-external-id = Account, by identifier
import-field-contact = Contact
import-field-contact-external-id = Contact, by identifier
import-field-owner = Owner
import-field-owner-external-id = Owner, by identifier
import-field-product = Product
import-field-product-external-id = Product, by identifier
import-field-title = Title
import-field-stage = Stage
import-field-deal-type = Type
import-field-source = Source
import-field-budget = Budget
import-field-amount = Amount
import-field-probability = Probability
import-field-expected-close-on = Expected close
import-field-decision-on = Decision
import-field-created-at = Created
import-field-engaged-at = Work began
import-field-updated-at = Last changed
import-field-closed-at = Closed
import-field-close-reason = Reason of closing
import-field-need = Need
