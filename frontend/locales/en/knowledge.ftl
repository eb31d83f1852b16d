# Knowledge base and files.
nav-knowledge = Knowledge
create-material = New material
materials-search = Words, tags, products
materials-count = { $count ->
    [one] { $shown } material
   *[other] { $shown } materials
}
materials-none-title = Nothing found
materials-none-text = Try fewer words or remove a filter.
materials-empty-title = The knowledge base is empty
materials-empty-text = Write down what helps to sell: customer stories, answers to objections, presentations.
sort-by = Sort by
sort-best = Best match
sort-newest = Newest first
sort-title = Title
sort-used = Most used

# A material
material-work = Material
material-text = Text
material-text-help = Markdown: # heading, **bold**, - list, [link](https://…)
material-about-help = By products, industries and needs a material is suggested in deals.
material-no-text = No text yet.
material-preview = Preview
material-preview-empty = What you write appears here as readers will see it.
material-facts = About the material
material-usage = Use in deals
material-last-used = Last shown
material-number = Version
material-published-at = First published
material-publish = Publish
material-publish-changes = Publish changes
material-save-draft = Save draft
material-published = Published
material-archive = Archive
material-was-archived = In the archive
material-deleted = “{ $title }” is in the bin
material-restored = “{ $title }” is back
material-status-draft = Draft
material-status-published = Published
material-status-archived = Archived
material-unused = Not shown yet
material-used = Shown in { $deals }, { $won }
material-used-deals = { $count ->
    [one] { $shown } deal
   *[other] { $shown } deals
}
material-used-won = { $shown } won
material-files = { $count ->
    [one] { $shown } file
   *[other] { $shown } files
}
tab-versions = Versions
material-newest = newest
material-no-versions-title = No versions yet
material-no-versions-text = Each time the material is published, what it said is kept here.
material-old = You are reading version { $version } ({ $told }), not the newest.
material-to-newest = Read the newest
material-again = Make it the newest again

# Materials of a deal
deal-materials = Materials
deal-materials-all = Materials of the deal
deal-materials-empty-title = No materials yet
deal-materials-empty-text = Choose what to show the customer. What was shown to whom is kept here.
deal-materials-fit = These fit
materials-choose = Choose materials
materials-done = Done
material-open = Open in the knowledge base
material-choose = Choose
material-choose-named = Choose “{ $title }”
material-chosen = Chosen
material-mark-shown = Mark as shown
material-note = Note
material-noted = Noted as shown
material-was-shown = Shown { $at }
material-was-shown-to = Shown { $at } to { $to }
material-newer = Version { $number }; now there is version { $newest }
material-fits = Fits: { $reasons }
fits-product = product
fits-need = need
fits-industry = industry
fits-won = helped to win
fits-language = language

# Fields
item-remove = Remove { $name }
words-add = Add and press Enter
field-summary = Summary
field-body = Length of the text
field-tags = Tags
field-products = Products
field-product-ids = Products
field-industries = Industries
field-need-types = Types of need
field-author = Author
field-material-id = Material
field-material = Material
field-materials = Materials
field-contacts = Shown to
field-shown-at = Shown on
language-en = English
language-ru = Russian
language-de = German
language-fr = French
language-es = Spanish
language-it = Italian
language-pt = Portuguese
language-pl = Polish
language-tr = Turkish
language-kk = Kazakh
language-uz = Uzbek
language-zh = Chinese

# Files
files = Files
files-drop = Drop files here
files-drop-hint = Any type. A file of the same name becomes its next version.
files-choose = Choose files
files-sending = Sending { $name }
files-waiting = { $count ->
    [one] { $shown } more file waits
   *[other] { $shown } more files wait
}
files-upload = Upload
files-empty-title = No files yet
files-empty-text = Drop the first one above.
files-empty-read = Files that are added appear here.
file-added = { $name } is added
file-added-version = { $name } is added as version { $version }
file-removed = { $name } is removed
file-restored = { $name } is back
file-too-large = { $name } is larger than this server takes
file-not-added = { $name } is not added. { $reason }
file-download = Download { $name }
file-version = Version { $version }
file-versions = { $count ->
    [one] { $shown } version
   *[other] { $shown } versions
}
column-size = Size
bytes-b = { $size } B
bytes-kb = { $size } kB
bytes-mb = { $size } MB
bytes-gb = { $size } GB
