# Contacts.
contact-create = Create contact
contact-created = { $name } is created
contact-deleted = { $name } is in the bin
contact-restored = { $name } is out of the bin
contacts-search = Name, position, e-mail, phone, company
contacts-none-title = Nothing matches
contacts-none-text = No contact fits all of these filters.
contacts-empty-title = No contacts yet
contacts-empty-text = The people you sell to: who they are, where they work and how to reach them.
contacts-count = { $count ->
    [one] { $shown } contact
   *[other] { $shown } contacts
}
contact-work = Deals and history
contact-facts = About the person
contact-reach = Contact details
contact-record = Record

field-person-name = Name
field-position = Position
