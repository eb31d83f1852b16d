# The frame, sign-in, and words that all screens share.
skip-to-content = Skip to content
sections = Sections
you-are-here = You are here
nav-deals = Deals
nav-accounts = Accounts
nav-contacts = Contacts
nav-analytics = Analytics
nav-import = Import
nav-settings = Settings
nav-more = More
sidebar-fold = Collapse
sidebar-unfold = Expand
search = Search
create = Create
create-deal = New deal
create-account = New account
create-contact = New contact
me = My menu
me-profile = Profile and settings
sign-out = Sign out
language = Language
theme-system = As the system
theme-light = Light
theme-dark = Dark
palette = Go to
palette-open = Search and go to
palette-placeholder = Deal, account, contact or section
palette-go = Go to
not-found-title = Nothing here
not-found-text = The address leads to nothing, or to something you may not see.
to-deals = Go to deals

sign-in = Sign in
sign-in-title = Sign in to Etalon
sign-in-demo = Demo company: choose a person
demo-role-sales-director = Sales director: sees every deal
demo-role-administrator = Administrator
demo-role-head-of-europe = Head of Europe
demo-role-head-of-east = Head of Russia and Central Asia
demo-role-manager-in-europe = Manager in Europe
demo-role-manager-in-east = Manager in Russia and Central Asia
demo-role-viewer = Viewer: reads, changes nothing
sign-in-throttled = Too many attempts. Wait a minute and try again.
field-password = Password

undo = Undo
dismiss = Dismiss
close = Close
cancel = Cancel
save = Save
saved = Saved
try-again = Try again
loading = Loading
load-more = Load more
not-set = Not set
currency = currency
request-id = Request
yes = Yes
no = No
error-kept = Nothing was changed.
form-errors = { $count ->
    [one] One field needs a correction
   *[other] { $shown } fields need a correction
}
leave-title = Leave without saving?
leave-text = What you entered here will be lost.
leave-confirm = Leave
picker-search = Search
picker-results = Results
picker-nothing = Nothing found
picker-create = Create “{ $name }”
filter-remove = Remove the filter { $name }
days = { $count ->
    [one] { $shown } day
   *[other] { $shown } days
}
days-short = { $shown } d
stage-skipped = skipped
deals-count = { $count ->
    [one] { $shown } deal
   *[other] { $shown } deals
}

role-admin = Administrator
role-head = Head
role-manager = Manager
role-viewer = Viewer
