# Moving and closing deals.
move-unmet-title = Before { $stage }
move-no-way = The process has no way from { $from } to { $to }.
move-free-text = Everything that was missing is there now.
move-held-text = Only a head or an administrator may go on without this.
move-warned-help = Why the deal goes on without this. The reason stays in the history.
move-override-help = You may let it pass. The reason stays in the history.
move-anyway = Go on all the same
move-back-title = Back to { $stage }
move-back-text = The stage begins anew; what was done in the earlier visit stays in the history.
move-back-help = Optional: why the deal goes back
move-back = Move back
unmet-intro = { $count ->
    [one] { $shown } thing is missing.
   *[other] { $shown } things are missing.
}
unmet-in-fields = Fields
unmet-in-steps = Checklist
unmet-in-contacts = Key contacts
unmet-in-competitors = Competitors and tactic
unmet-in-proposals = Proposals
unmet-only-warns = A reason is enough
close-unmet-intro = { $count ->
    [one] { $shown } thing is missing on the way to a win.
   *[other] { $shown } things are missing on the way to a win.
}
close-held-text = Only a head or an administrator may win the deal without this.
rival-help = The competitors named in this deal
rival-other = Another company…
bulk = Selected deals
bulk-count = { $count ->
    [one] { $shown } selected
   *[other] { $shown } selected
}
bulk-select = Select { $name }
bulk-select-all = Select all that are shown
bulk-clear = Select nothing
bulk-stage = Move to stage
bulk-owner = Give to
bulk-close-date = Expected close
bulk-apply = Set the day
bulk-changed = { $count ->
    [one] { $shown } deal changed
   *[other] { $shown } deals changed
}
bulk-taken-back = The deals are as before
bulk-not-taken-back = { $count ->
    [one] { $shown } deal could not be taken back
   *[other] { $shown } deals could not be taken back
}
bulk-refused = { $count ->
    [one] { $shown } deal was refused
   *[other] { $shown } deals were refused
}
bulk-pass-help = For the deals above that only lack requirements. The reason stays in the history of each.
mark-overdue = { $count ->
    [one] { $shown } step overdue
   *[other] { $shown } steps overdue
}
mark-minutes = Minutes to be sent
mark-blocked = Something is missing to go on
wins = Wins
wins-more = Show more
win-beaten = against { $name }
