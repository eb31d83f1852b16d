# Sales processes: their versions, the draft of the next one, and the process of one deal.
settings-processes = Sales processes
processes-text = A process leads a deal from stage to stage. A published version is never changed: deals keep theirs until they are moved.
processes-empty-title = No sales processes
processes-empty-text = A process says what is done in each stage and what it takes to go on.
process-add = Create process
process-new = New process
process-new-text = It begins as a draft with the stages of the process that you copy. Deals can follow it once you publish it.
process-copy-of = Copy of
process-copy-help = Its stages, steps and texts are taken over.
process-added = { $name } is created
process-actions = Actions for { $name }
process-open = Open
process-default = For new deals
process-make-default = Use for new deals
process-default-done = New deals follow { $name }
process-not-found = This process does not exist, or its only draft was thrown away.
process-unnamed = Without a name
process-gone = no longer there
process-column-published = Published
process-column-version = Version
process-column-draft = Draft
process-column-deals = Open deals
process-deals-older = { $shown } in older versions
process-never-published = Not published yet
process-version = Version { $number }
process-published-by = { $when }, by { $name }
process-shipped = Shipped with Etalon
process-in-use = In use
process-draft = Draft

# The page of a process.
process-views = Views of the process
process-view-stages = Stages and steps
process-view-preview = Preview
process-view-changes = Changes
process-view-versions = Versions
process-fixed = Published versions are not changed.
process-draft-text = Nobody works with it before it is published.
process-draft-begin = Begin the next version
process-draft-open = Open the draft
process-draft-there = Somebody else has begun a draft meanwhile. It is shown now.
process-draft-save = Save draft
process-draft-saved = The draft is saved
process-draft-discard = Discard draft
process-draft-discarded = The draft is discarded
process-delete-title = Delete the process?
process-delete-text = It was never published. With its draft the whole process is gone.
process-delete = Delete process
process-deleted = The process is deleted
process-stages = Stages
process-all-stages = All stages
process-steps-count = { $count ->
    [0] no steps
    [one] { $shown } step
   *[other] { $shown } steps
}
process-wrong = { $shown } to correct
process-troubles = { $count ->
    [one] One thing keeps it from being published
   *[other] { $shown } things keep it from being published
}
process-up = Move up: { $name }
process-down = Move down: { $name }
process-moved-to = { $name } is number { $place } now
process-remove-named = Remove: { $name }
process-removed = { $name } is removed
process-code = Code for programs:
process-code-help = Code for programs; the same in all versions

process-whole = About the process
process-override-help = With a reason they let a deal pass what is not met. Heads do so in their departments, managers with the deals they may change.
process-needs-text = The type of need of a deal chooses which questions are asked.
process-need-add = Add type of need
process-need-new = New type of need

process-stage-add = Add stage
process-stage-new = New stage
process-stage-remove = Remove stage
process-rotting-help = Days without contact after which a deal is marked. Empty: never.
process-to-leave = To leave the stage
process-to-leave-text = Every mandatory step must be done, and these fields of the deal must be filled in.
process-limited = Only to certain stages
process-limited-help = Otherwise a deal may be moved from here to any stage.
process-any-stage = Any stage
process-no-stage = None: the deal can only be closed

process-steps-text = In the order in which they are shown. Alt with an arrow key moves the chosen step.
process-steps-none = No steps: the manager sees only the guidance.
process-step-add = Add step
process-step-new = New step
process-mandatory = Mandatory
process-mandatory-help = The stage can be left only when it is done, or with a reason of somebody who may override.
process-due-help = After the stage was entered, or after the step below was done. Empty: no due date.
process-due = { $count ->
    [one] within { $shown } day
   *[other] within { $shown } days
}
process-due-at-once = on the same day
process-due-after = { $count ->
    [one] { $shown } day after the step before it
   *[other] { $shown } days after the step before it
}
process-due-after-at-once = on the day of the step before it
process-after-help = It appears once that step is done.
process-after-nothing = Nothing: shown at once
process-for-all-help = None chosen: for all deals.
process-signed-help = The signed file and the day of signing are asked for.

process-field-name = Name
process-field-name-en = Name in English
process-field-name-ru = Name in Russian
process-field-code = Code
process-field-id = Code
process-field-guidance = Guidance
process-field-guidance-en = Guidance in English
process-field-guidance-ru = Guidance in Russian
process-field-probability = Probability
process-field-forecast-category = Forecast
process-field-rotting-days = Rots after, days
process-field-stages = Stages
process-field-steps = Steps
process-field-required-fields = Fields of the deal to fill in
process-field-transitions = May go to
process-field-need-types = Types of need
process-field-step-needs = For these types of need
process-field-override-roles = Who may override
process-field-kind = Kind
process-field-title = Title
process-field-title-en = Title in English
process-field-title-ru = Title in Russian
process-field-hint = Hint
process-field-hint-en = Hint in English
process-field-hint-ru = Hint in Russian
process-field-due-days = Due within, days
process-field-mandatory = Mandatory
process-field-deal-types = For these types of deal
process-field-after = After the step
process-field-task = Planned as
process-field-signed = With signature

process-step-kind-task = Task
process-step-kind-question = Question
process-step-kind-decision = Decision
process-step-kind-material = Material
process-step-kind-minutes = Minutes
process-step-kind-people = Key contacts
process-step-kind-competitors = Competitors
process-step-kind-proposal = Proposal
process-step-kind-document = Document
process-step-kind-visa = Approval
process-step-about-task = Becomes an activity of the owner. Done anew each time the deal comes to the stage.
process-step-about-question = The answer is kept with its source and how sure it is, also when the deal returns.
process-step-about-decision = Pursue, reject or hand over. Decided anew each time the deal comes to the stage.
process-step-about-material = A material of the knowledge base is chosen. Anew each time the deal comes to the stage.
process-step-about-minutes = Agreements of a meeting, sent to the customer. Anew each time the deal comes to the stage.
process-step-about-people = A decision maker is known and influential opponents were met. A warning, passed with a reason.
process-step-about-competitors = Every competitor is assessed, or it is said that there is none.
process-step-about-proposal = A proposal is approved and sent.
process-step-about-document = A document of the contract.
process-step-about-visa = The head of the owner approves the contract.

# What a draft changes.
process-changes-first-title = The first version
process-changes-first-text = Nothing is published yet, so there is nothing to compare with.
process-changes-none-title = Nothing is changed
process-changes-none-text = The draft is the same as the version in use.
process-difference-whole = About the process: { $fields }
process-difference-stage-order = The stages are in another order
process-difference-step-order = Stage “{ $stage }”: the steps are in another order
process-difference-stage-added = Stage “{ $stage }” is new
process-difference-stage-removed = Stage “{ $stage }” is removed
process-difference-stage-changed = Stage “{ $stage }” is changed: { $fields }
process-difference-step-added = Stage “{ $stage }”: step “{ $step }” is new
process-difference-step-removed = Stage “{ $stage }”: step “{ $step }” is removed
process-difference-step-changed = Stage “{ $stage }”: step “{ $step }” is changed: { $fields }

process-stale-title = Somebody else saved this draft
process-stale-text = It was changed while you were writing. Nothing of yours is lost yet: take over theirs, or save yours in its place.
process-stale-changes = { $count ->
    [0] Yours says the same as theirs.
    [one] Yours differs in one place:
   *[other] Yours differs in { $shown } places:
}
process-stale-take = Take theirs
process-stale-keep = Save mine

# The preview.
process-preview-text = What a manager sees of each stage when a deal has just entered it.
process-sample-no-need = Not known
process-seen-due = until { $day }
process-seen-after = appears after “{ $name }”
process-seen-exit = To go on
process-seen-free = Nothing is required: the deal can go on at any time.

# Publishing, and the deals in work.
process-publish = Publish
process-publish-title = Publish version { $number }
process-publish-text = From now on new deals follow this version, and it is never changed again.
process-publish-stay = { $count ->
    [one] { $shown } open deal keeps its version. You can move it afterwards.
   *[other] { $shown } open deals keep their version. You can move them afterwards.
}
process-publish-changes = What changes
process-publish-same = Nothing changes against the version in use.
process-published = { $version } is in use
process-versions-text = New deals follow the newest published version. Deals in work stay with theirs until they are moved.
process-move-here = Move deals here
process-move-title = Move deals to version { $number }
process-move-fresh-title = Version { $number } is in use. Move the deals in work?
process-move-text = All open deals that follow another version of this process go on in this one, each in its stage. What is done stays done.
process-move-none = All open deals follow this version already.
process-move-plain = Go on in the same stage.
process-move-asked = Go on in the same stage. Newly mandatory, so deals without it are held up: { $asked }
process-move-gone = This version does not have the stage. The deals keep their version; on the page of each a stage can be chosen.
process-move-not = Not now
process-move-deals = { $count ->
    [one] Move { $shown } deal
   *[other] Move { $shown } deals
}
process-moved = { $count ->
    [0] No deal was moved.
    [one] { $shown } deal follows version { $number } now.
   *[other] { $shown } deals follow version { $number } now.
}
process-moved-left = { $count ->
    [one] { $shown } deal keeps its version: its stage is not in the new one.
   *[other] { $shown } deals keep their version: their stages are not in the new one.
}

# The process of one deal.
process-of-deal = Process
process-follow = Move to version { $number }
process-follow-title = Move the deal to version { $number }
process-follow-text = The deal goes on by the newer version. What is done stays done.
process-follow-same = In the present stage nothing changes for this deal.
process-follow-held = Would newly hold the deal up
process-follow-added = New steps in this stage
process-follow-removed = No longer in this stage
process-follow-gone = The version does not have the present stage. Choose where the deal goes on.
process-follow-choose = Choose a stage
process-follow-pass-help = Needed when something on the way is not met. The reason stays in the history.
process-follow-held-help = That far the deal goes only when all that is required on the way is met.
process-followed = The deal follows version { $number }
