# The work places of the steps of a deal.
work-by = { $name }, { $when }
work-done = Done
work-mark-done = Mark as done
work-result = What came of it
work-result-help = Optional: one or two sentences for the history
work-open-activity = Open the activity
work-reopen = Open again
work-reopened = Open again
work-change = Change
work-clear-up = Clear it up
work-no-answer = No answer yet.
work-said-by = Said by { $name }
work-who-said = Who said so
work-save-answer = Save the answer
work-answered = Answer saved
work-unsure-help = An unsure answer counts for now and becomes a task to clear it up.
confidence-sure = Sure
confidence-unsure = Unsure
work-other-material = Something else was shown
work-what-shown = What was shown, and to whom
work-to-people = To the key contacts
work-to-competitors = To the competitors
work-to-proposals = To the proposals
work-people-count = { $count ->
    [one] { $shown } person is named.
   *[other] { $shown } people are named.
}
work-competitors-count = { $count ->
    [one] { $shown } competitor is named.
   *[other] { $shown } competitors are named.
}
work-proposals-count = { $count ->
    [one] { $shown } proposal is there.
   *[other] { $shown } proposals are there.
}
work-no-competitor = There is no competitor
work-nobody = There is no competitor.
work-not-sent = Not sent yet
work-minutes-help = Until the minutes are sent the deal keeps a flag. What we promise becomes tasks then.
work-minutes-of = Minutes: { $deal }
work-minutes-sent = The minutes are marked as sent
work-sent-at = Sent { $when }
work-add-ours = Our promise
work-add-theirs = Their promise
work-mark-sent = Mark as sent
work-save-draft = Save draft
work-copy = Copy as text
work-copied = The minutes are copied
work-item-text = Agreement { $number }
work-item-placeholder = What was agreed
work-item-side = Who does agreement { $number }
work-item-due = Agreement { $number } is due
work-item-remove = Remove agreement { $number }
side-ours = We
side-theirs = They
work-no-file = No file
work-document-ready = The document is ready
work-signed-on = Signed on { $day }
work-ask-visa = Ask for approval
work-ask-visa-again = Ask again
work-visa-outdated = A document changed since the approval was asked for. Ask again to have it decided.
work-visa-asked = The approval is asked for
work-document-help = Either the file, or a note that says where the document lies.
work-visa-waits = { $names } decides.
work-visa-void = A document changed afterwards, so this approval counts no more.
work-visa-given = Approved
work-visa-refused = Rejected
work-give-visa = Approve
work-refuse-visa = Reject
work-lead = Lead
work-lead-score = Score { $score } of 100
work-lead-override = Converted early because
work-won-before = Won with this client
work-lost-before = Lost with this client
work-competitors = Competitors
work-team = Who helps
work-team-role = Role of { $name }
work-ends-deal = This closes the deal.
work-decided = Decided
pursuit-pursue = Pursue
pursuit-reject = Decline
pursuit-reroute = Hand over
pursuit-done-pursue = We pursue it
pursuit-done-reject = Declined
pursuit-done-reroute = Handed over
