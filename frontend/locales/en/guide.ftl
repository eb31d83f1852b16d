tab-guide = Guide
tab-key-contacts = Key contacts
tab-competitors = Competitors and tactic
tab-files = Files
guide-next = Next step
guide-mend = Mend it
guide-overdue = Overdue
guide-look-at = Show stage
guide-visits = { $count ->
    [one] { $shown } visit
   *[other] { $shown } visits
}
guide-closed = This deal is closed: { $status }. The guide shows what was done.
guide-other-stage = You are looking at another stage than the one the deal is in.
guide-back = Back to the present stage
guide-checklist = Checklist
guide-progress = { $done } of { $all } done
guide-gate = To go on
guide-met = { $done } of { $all } met
guide-all-met = Everything this stage requires is there.
guide-met-count = { $count ->
    [one] { $shown } met
   *[other] { $shown } met
}
guide-held = Only a head or an administrator may go on without this.
guide-warned = Going on without this asks for a reason.
guide-may-pass = You may go on all the same by giving a reason.
guide-pass = Go on all the same
guide-unknown = Still unknown about the client
guide-unknown-more = { $count ->
    [one] Show { $shown } more
   *[other] Show { $shown } more
}
step-mandatory = Required to leave the stage
step-waits = Another step comes first.
step-pending = Waiting for a decision
step-done-by = { $name }, { $when }
step-state-open = To be done
step-state-unsure = Unsure
step-state-waiting = Not its turn yet
step-state-done = Done
step-verb-task = Do it
step-verb-question = Answer
step-verb-decision = Decide
step-verb-material = Choose
step-verb-minutes = Write the minutes
step-verb-people = Name the people
step-verb-competitors = Assess
step-verb-proposal = To the proposal
step-verb-document = Attach
step-verb-visa = To the approval
