# Перемещение и закрытие сделок.
move-unmet-title = Перед стадией «{ $stage }»
move-no-way = Процесс не допускает переход со стадии «{ $from }» на «{ $to }».
move-free-text = Всё, чего не хватало, уже есть.
move-held-text = Без этого дальше может пустить только руководитель или администратор.
move-warned-help = Почему сделка идёт дальше без этого. Причина останется в истории.
move-override-help = Вы можете пропустить сделку. Причина останется в истории.
move-anyway = Всё равно дальше
move-back-title = Назад, на стадию «{ $stage }»
move-back-text = Стадия начнётся заново; сделанное в прошлый раз останется в истории.
move-back-help = Необязательно: почему сделка возвращается
move-back = Вернуть
unmet-intro = { $count ->
    [one] Не хватает { $shown } условия.
    [few] Не хватает { $shown } условий.
   *[other] Не хватает { $shown } условий.
}
unmet-in-fields = Поля
unmet-in-steps = Чек-лист
unmet-in-contacts = Ключевые контакты
unmet-in-competitors = Конкуренты и тактика
unmet-in-proposals = Предложения
unmet-only-warns = Достаточно причины
close-unmet-intro = { $count ->
    [one] До победы не хватает { $shown } условия.
    [few] До победы не хватает { $shown } условий.
   *[other] До победы не хватает { $shown } условий.
}
close-held-text = Без этого победу может записать только руководитель или администратор.
rival-help = Конкуренты, названные в этой сделке
rival-other = Другая компания…
bulk = Выбранные сделки
bulk-count = { $count ->
    [one] Выбрана { $shown }
    [few] Выбрано { $shown }
   *[other] Выбрано { $shown }
}
bulk-select = Выбрать: { $name }
bulk-select-all = Выбрать все показанные
bulk-clear = Снять выбор
bulk-stage = На стадию
bulk-owner = Передать
bulk-close-date = Ожидаемое закрытие
bulk-apply = Установить дату
bulk-changed = { $count ->
    [one] Изменена { $shown } сделка
    [few] Изменены { $shown } сделки
   *[other] Изменено { $shown } сделок
}
bulk-taken-back = Сделки снова такие же, как были
bulk-not-taken-back = { $count ->
    [one] { $shown } сделку не удалось вернуть
    [few] { $shown } сделки не удалось вернуть
   *[other] { $shown } сделок не удалось вернуть
}
bulk-refused = { $count ->
    [one] { $shown } сделка не изменена
    [few] { $shown } сделки не изменены
   *[other] { $shown } сделок не изменено
}
bulk-pass-help = Для тех сделок выше, которым не хватает только условий. Причина останется в истории каждой.
mark-overdue = { $count ->
    [one] Просрочен { $shown } шаг
    [few] Просрочены { $shown } шага
   *[other] Просрочено { $shown } шагов
}
mark-minutes = Не отправлен протокол
mark-blocked = Чего-то не хватает, чтобы идти дальше
wins = Победы
wins-more = Показать ещё
win-beaten = обошли { $name }
