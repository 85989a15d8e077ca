-- The guards of the ledger on SQLite. Each refusal names its guard; guards.py says each in words. What every table has alike
-- (known keys, nothing overwritten, real dates) is written by guards.py.
-- A step that a guard takes under INSERT OR IGNORE is ignored where it breaks a CHECK, so every guard asks first and raises itself.

CREATE VIEW month_standing AS
  SELECT id, month, step FROM month_lock WHERE NOT EXISTS (SELECT 1 FROM month_reopen WHERE month_lock_id = month_lock.id);

-- each part of an instalment as it stands: the last approved change of it, or as it was drawn up
CREATE VIEW schedule_standing AS
  SELECT schedule_row_id, fund_id, funder_id, pence FROM schedule_part
  WHERE NOT EXISTS (
    SELECT 1 FROM schedule_change AS later JOIN approval ON approval.batch_id = later.batch_id
    WHERE later.schedule_row_id = schedule_part.schedule_row_id AND later.fund_id = schedule_part.fund_id
      AND later.funder_id = schedule_part.funder_id)
  UNION ALL
  SELECT changed.schedule_row_id, changed.fund_id, changed.funder_id, changed.pence
  FROM schedule_change AS changed JOIN approval AS given ON given.batch_id = changed.batch_id
  WHERE NOT EXISTS (
    SELECT 1 FROM schedule_change AS later JOIN approval ON approval.batch_id = later.batch_id
    WHERE later.schedule_row_id = changed.schedule_row_id AND later.fund_id = changed.fund_id
      AND later.funder_id = changed.funder_id AND later.version > changed.version);

-- one row is one entry, in one fund, from one origin
CREATE TRIGGER guard_entry AFTER INSERT ON entry
BEGIN
  SELECT CASE
    WHEN debit.id IS NULL OR credit.id IS NULL THEN RAISE(ABORT, 'guard:barrier_fund')
    WHEN event.id IS NULL THEN RAISE(ABORT, 'guard:event_fund')
    WHEN NEW.origin_id IS NOT NULL AND origin.id IS NULL THEN RAISE(ABORT, 'guard:origin_missing')
    WHEN batch.id IS NULL THEN RAISE(ABORT, 'guard:foreign_key')
    WHEN EXISTS (SELECT 1 FROM seal WHERE batch_id = NEW.batch_id AND covers = 'entries') THEN RAISE(ABORT, 'guard:sealed')
    WHEN (SELECT step FROM fund_closing WHERE fund_id = NEW.fund_id ORDER BY id DESC LIMIT 1) = 'closed' THEN RAISE(ABORT, 'guard:fund_closed')
    WHEN NEW.happened_on IS NOT date(NEW.happened_on, '+0 days') THEN RAISE(ABORT, 'guard:entry_dates')
    WHEN EXISTS (SELECT 1 FROM month_standing WHERE month >= substr(NEW.posted_on, 1, 7)) THEN RAISE(ABORT, 'guard:month_closed')
    -- posted on the day it happened, or on the first day of the first open month
    WHEN NEW.posted_on <> NEW.happened_on AND NEW.posted_on IS NOT (
      SELECT date(max(month) || '-01', '+1 month') FROM month_standing HAVING max(month) >= substr(NEW.happened_on, 1, 7))
      THEN RAISE(ABORT, 'guard:entry_dates')
    -- a reversal mirrors its entry
    WHEN NEW.reverses_id IS NOT NULL THEN CASE WHEN NOT EXISTS (
      SELECT 1 FROM entry AS first
      WHERE first.id = NEW.reverses_id AND first.reverses_id IS NULL
        AND first.fund_id = NEW.fund_id AND first.unit = NEW.unit AND first.amount = NEW.amount
        AND first.debit_account_id = NEW.credit_account_id AND first.credit_account_id = NEW.debit_account_id
        AND first.origin_id IS NEW.origin_id) THEN RAISE(ABORT, 'guard:reversal')
      WHEN EXISTS (
        SELECT 1 FROM entry AS first JOIN invoice_line ON invoice_line.event_id = first.event_id
        WHERE first.id = NEW.reverses_id AND NOT EXISTS (
          SELECT 1 FROM credit_line WHERE credit_line.invoice_id = invoice_line.invoice_id AND credit_line.invoice_n = invoice_line.n))
        THEN RAISE(ABORT, 'guard:invoiced_delivery')
      WHEN EXISTS (SELECT 1 FROM credit_line WHERE credit_line.origin_id = NEW.origin_id) THEN RAISE(ABORT, 'guard:credit_of_instalment') END
    -- anything else is a legal meeting of two roles, with what it needs behind it
    WHEN debit.id = credit.id OR rule.needs IS NULL THEN RAISE(ABORT, 'guard:rule')
    WHEN rule.needs = '' THEN NULL
    WHEN rule.needs NOT IN ('charge', 'conversion') THEN RAISE(ABORT, 'guard:rule')
    WHEN rule.needs = 'charge' AND NOT EXISTS (
      SELECT 1 FROM charge
      WHERE charge.event_id = NEW.event_id AND charge.fund_id = NEW.fund_id AND charge.funder_id = debit.funder_id
        AND charge.how = 'delivery' AND charge.pence = NEW.amount) THEN RAISE(ABORT, 'guard:needs_charge')
    WHEN rule.needs = 'conversion' AND NOT EXISTS (
      SELECT 1 FROM conversion WHERE conversion.event_id = NEW.event_id AND conversion.minutes = NEW.amount)
      THEN RAISE(ABORT, 'guard:needs_conversion')
    WHEN EXISTS (
      SELECT 1 FROM entry AS other
      WHERE other.event_id = NEW.event_id AND other.id <> NEW.id AND other.debit_account_id = NEW.debit_account_id
        AND other.credit_account_id = NEW.credit_account_id
        AND other.reverses_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses_id = other.id))
      THEN CASE rule.needs WHEN 'charge' THEN RAISE(ABORT, 'guard:needs_charge') ELSE RAISE(ABORT, 'guard:needs_conversion') END
  END
  FROM (SELECT 1)
  LEFT JOIN account AS debit ON debit.id = NEW.debit_account_id AND debit.fund_id = NEW.fund_id AND debit.unit = NEW.unit
  LEFT JOIN account AS credit ON credit.id = NEW.credit_account_id AND credit.fund_id = NEW.fund_id AND credit.unit = NEW.unit
  LEFT JOIN event ON event.id = NEW.event_id AND event.fund_id = NEW.fund_id
  LEFT JOIN origin ON origin.id = NEW.origin_id AND origin.unit = NEW.unit
  LEFT JOIN batch ON batch.id = NEW.batch_id
  LEFT JOIN rule
    ON rule.debit_role = debit.role AND rule.credit_role = credit.role AND rule.unit = NEW.unit
    AND rule.origin_kind = coalesce(origin.kind, '');

  -- what comes from an origin stays within its fund's approved parts
  SELECT CASE
    WHEN approved = 0 THEN RAISE(ABORT, 'guard:part_not_approved')
    WHEN approved < NEW.amount + coalesce((SELECT used FROM part_use WHERE origin_id = NEW.origin_id AND fund_id = NEW.fund_id), 0)
      THEN RAISE(ABORT, 'guard:part_exceeded')
  END
  FROM (
    SELECT coalesce(sum(part.amount), 0) AS approved FROM part JOIN approval ON approval.batch_id = part.batch_id
    WHERE part.origin_id = NEW.origin_id AND part.fund_id = NEW.fund_id AND part.unit = NEW.unit)
  WHERE NEW.origin_id IS NOT NULL AND NEW.reverses_id IS NULL;

  -- what is put back is the part's again; but money of a bank line, put back, is placed anew by parts of its own
  UPDATE part_use SET used = used + CASE
    WHEN NEW.reverses_id IS NULL THEN NEW.amount
    WHEN (SELECT kind FROM origin WHERE id = NEW.origin_id) LIKE 'bank%' THEN 0
    ELSE -NEW.amount END
  WHERE NEW.origin_id IS NOT NULL AND origin_id = NEW.origin_id AND fund_id = NEW.fund_id;
  UPDATE balance SET amount = amount + NEW.amount WHERE account_id = NEW.debit_account_id;
  UPDATE balance SET amount = amount - NEW.amount WHERE account_id = NEW.credit_account_id;

  -- the provider never draws what it has not earned
  SELECT RAISE(ABORT, 'guard:draw_too_much')
  FROM account AS debit CROSS JOIN account AS credit
  WHERE NEW.reverses_id IS NULL AND NEW.origin_id IS NOT NULL
    AND debit.id = NEW.debit_account_id AND debit.role = 'owed_provider'
    AND credit.id = NEW.credit_account_id AND credit.role = 'held'
    AND 0 < (
      SELECT sum(balance.amount) FROM account JOIN balance ON balance.account_id = account.id
      WHERE account.fund_id = NEW.fund_id AND account.unit = NEW.unit AND account.role IN ('owed_provider', 'borne'));

  -- a debit takes no account of the credit side below its floor, and a credit none of the debit side; roles are read only where a balance
  -- stands on the other side
  SELECT CASE WHEN 0 < (SELECT amount FROM balance WHERE account_id = NEW.debit_account_id) THEN (
    SELECT CASE low.role
      WHEN 'available' THEN RAISE(ABORT, 'guard:floor_available')
      WHEN 'banked' THEN RAISE(ABORT, 'guard:floor_banked')
      WHEN 'owed_provider' THEN RAISE(ABORT, 'guard:floor_owed_provider')
      WHEN 'owed_supplier' THEN RAISE(ABORT, 'guard:floor_owed_supplier')
      WHEN 'owed_funder' THEN RAISE(ABORT, 'guard:floor_owed_funder')
      WHEN 'owed_person' THEN RAISE(ABORT, 'guard:floor_owed_person')
      ELSE RAISE(ABORT, 'guard:floor_other')
    END
    FROM account AS low CROSS JOIN role ON role.name = low.role AND role.unit = low.unit
    WHERE low.id = NEW.debit_account_id AND role.side = 'credit'
      AND (role.floor = 'never' OR role.floor = 'by reversal only' AND NEW.reverses_id IS NULL)) END;
  SELECT CASE WHEN 0 > (SELECT amount FROM balance WHERE account_id = NEW.credit_account_id) THEN (
    SELECT CASE low.role
      WHEN 'held' THEN RAISE(ABORT, 'guard:floor_held')
      WHEN 'with_provider' THEN RAISE(ABORT, 'guard:floor_with_provider')
      WHEN 'borne' THEN RAISE(ABORT, 'guard:floor_borne')
      ELSE RAISE(ABORT, 'guard:floor_other')
    END
    FROM account AS low CROSS JOIN role ON role.name = low.role AND role.unit = low.unit
    WHERE low.id = NEW.credit_account_id AND role.side = 'debit'
      AND (role.floor = 'never' OR role.floor = 'by reversal only' AND NEW.reverses_id IS NULL)) END;
END;

-- before, because INSERT OR REPLACE would have taken the other away by the time that it could be seen
CREATE TRIGGER guard_entry_key BEFORE INSERT ON entry
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM entry WHERE key = NEW.key) THEN RAISE(ABORT, 'guard:key')
    WHEN NEW.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM entry WHERE reverses_id = NEW.reverses_id) THEN RAISE(ABORT, 'guard:reversal')
  END;
END;

-- what an entry may come from
CREATE TRIGGER guard_origin AFTER INSERT ON origin
BEGIN
  SELECT CASE
    WHEN NEW.placed <> 0 THEN RAISE(ABORT, 'guard:kept_by_guard')
    WHEN EXISTS (SELECT 1 FROM approval WHERE batch_id = NEW.batch_id) THEN RAISE(ABORT, 'guard:part_after_approval')
  END;
END;

CREATE TRIGGER guard_part AFTER INSERT ON part
BEGIN
  SELECT CASE
    WHEN NOT EXISTS (SELECT 1 FROM origin WHERE id = NEW.origin_id AND unit = NEW.unit) THEN RAISE(ABORT, 'guard:origin_missing')
    WHEN EXISTS (SELECT 1 FROM approval WHERE batch_id = NEW.batch_id) THEN RAISE(ABORT, 'guard:part_after_approval')
    WHEN EXISTS (SELECT 1 FROM origin WHERE id = NEW.origin_id AND placed + NEW.amount > amount) THEN RAISE(ABORT, 'guard:part_over_origin')
  END;
  UPDATE origin SET placed = placed + NEW.amount WHERE id = NEW.origin_id;
  INSERT INTO part_use (origin_id, fund_id, used) SELECT NEW.origin_id, NEW.fund_id, 0
  WHERE NOT EXISTS (SELECT 1 FROM part_use WHERE origin_id = NEW.origin_id AND fund_id = NEW.fund_id);
END;

CREATE TRIGGER guard_approval AFTER INSERT ON approval
BEGIN
  SELECT RAISE(ABORT, 'guard:approver_is_preparer')
  WHERE NOT EXISTS (
    SELECT 1 FROM batch JOIN user_account ON user_account.id = NEW.approved_by
    WHERE batch.id = NEW.batch_id AND batch.prepared_by <> NEW.approved_by);
END;

-- accounts, and what decides over them
CREATE TRIGGER guard_account AFTER INSERT ON account
BEGIN
  SELECT RAISE(ABORT, 'guard:account_shape')
  WHERE NOT EXISTS (SELECT 1 FROM role WHERE name = NEW.role AND unit = NEW.unit)
    OR NOT EXISTS (SELECT 1 FROM fund WHERE id = NEW.fund_id)
    OR NEW.role = 'due' AND NOT EXISTS (SELECT 1 FROM funder WHERE id = NEW.funder_id)
    OR NEW.role NOT IN ('due', 'owed_funder') AND NEW.funder_id IS NOT NULL
    OR NEW.role = 'void_cost' AND NOT EXISTS (SELECT 1 FROM fund WHERE id = NEW.fund_id AND kind = 'provider')
    OR EXISTS (
      SELECT 1 FROM account
      WHERE fund_id = NEW.fund_id AND role = NEW.role AND unit = NEW.unit AND funder_id IS NEW.funder_id AND id <> NEW.id);
  INSERT INTO balance (account_id, amount) VALUES (NEW.id, 0);
END;

CREATE TRIGGER guard_role BEFORE INSERT ON role BEGIN SELECT RAISE(ABORT, 'guard:constitution'); END;
CREATE TRIGGER guard_rule BEFORE INSERT ON rule BEGIN SELECT RAISE(ABORT, 'guard:constitution'); END;

-- months close in order, and open again only by approval
CREATE TRIGGER guard_month_lock AFTER INSERT ON month_lock
BEGIN
  SELECT RAISE(ABORT, 'guard:lock_order')
  WHERE NEW.step NOT IN ('issued', 'locked')
    OR NEW.month || '-01' IS NOT date(NEW.month || '-01', '+0 days')
    OR EXISTS (
      SELECT 1 FROM month_standing
      WHERE id <> NEW.id AND (month > NEW.month OR month = NEW.month AND (step = NEW.step OR step = 'locked')));
END;

CREATE TRIGGER guard_month_reopen BEFORE INSERT ON month_reopen
BEGIN
  SELECT RAISE(ABORT, 'guard:reopen')
  WHERE NOT EXISTS (SELECT 1 FROM approval JOIN batch ON batch.id = approval.batch_id WHERE batch.id = NEW.batch_id AND kind = 'reopen')
    OR EXISTS (SELECT 1 FROM month_reopen WHERE batch_id = NEW.batch_id)
    OR coalesce((SELECT month FROM month_standing WHERE id = NEW.month_lock_id), '') IS NOT (SELECT max(month) FROM month_standing)
    OR EXISTS (
      SELECT 1 FROM month_standing AS issued JOIN month_lock AS opened ON opened.id = NEW.month_lock_id
      WHERE issued.month = opened.month AND issued.step = 'issued');
END;

-- nothing is charged that was not delivered, and nothing asked for that was not charged or agreed
CREATE TRIGGER guard_charge AFTER INSERT ON charge
BEGIN
  SELECT CASE
    WHEN NOT EXISTS (SELECT 1 FROM delivery WHERE id = NEW.delivery_id)
      OR EXISTS (SELECT 1 FROM withdrawal WHERE delivery_id = NEW.delivery_id)
      THEN RAISE(ABORT, 'guard:charge_without_delivery')
    WHEN NOT EXISTS (SELECT 1 FROM event WHERE id = NEW.event_id AND fund_id = NEW.fund_id) THEN RAISE(ABORT, 'guard:event_fund')
    -- one person's support is never charged to another's fund; a house's is charged to who lives there, or to who carries its places
    WHEN NOT EXISTS (
      SELECT 1 FROM delivery JOIN fund ON fund.id = NEW.fund_id
      WHERE delivery.id = NEW.delivery_id AND CASE
        WHEN delivery.house_id IS NULL THEN fund.person_id = delivery.person_id
        ELSE fund.person_id IS NULL OR EXISTS (
          SELECT 1 FROM house_place WHERE house_place.house_id = delivery.house_id AND house_place.person_id = fund.person_id) END)
      THEN RAISE(ABORT, 'guard:charge_person')
    WHEN NEW.how <> 'void' AND EXISTS (
      SELECT 1 FROM charge AS other
      WHERE other.delivery_id = NEW.delivery_id AND other.event_id <> NEW.event_id AND other.fund_id = NEW.fund_id
        AND other.funder_id IS NEW.funder_id AND other.support_on = NEW.support_on) THEN RAISE(ABORT, 'guard:charged_twice')
  END;
END;

CREATE TRIGGER guard_delivery BEFORE INSERT ON delivery WHEN NEW.version > 1
BEGIN
  SELECT RAISE(ABORT, 'guard:delivery_version')
  WHERE NOT EXISTS (
    SELECT 1 FROM delivery JOIN withdrawal ON withdrawal.delivery_id = delivery.id
    WHERE delivery.key = NEW.key AND delivery.version = NEW.version - 1);
END;

CREATE TRIGGER guard_withdrawal AFTER INSERT ON withdrawal
BEGIN
  SELECT RAISE(ABORT, 'guard:invoiced_delivery')
  WHERE EXISTS (
    SELECT 1 FROM charge JOIN invoice_line ON invoice_line.event_id = charge.event_id
    WHERE charge.delivery_id = NEW.delivery_id AND NOT EXISTS (
      SELECT 1 FROM credit_line WHERE credit_line.invoice_id = invoice_line.invoice_id AND credit_line.invoice_n = invoice_line.n));
END;

CREATE TRIGGER guard_conversion AFTER INSERT ON conversion
BEGIN
  SELECT RAISE(ABORT, 'guard:conversion')
  WHERE NEW.minutes <= 0 OR NEW.pence < 0 OR NEW.agreement = '' OR NOT EXISTS (SELECT 1 FROM event WHERE id = NEW.event_id);
END;

CREATE TRIGGER guard_invoice BEFORE INSERT ON invoice
BEGIN
  SELECT RAISE(ABORT, 'guard:invoice_number')
  WHERE NEW.number <> coalesce(
    (SELECT max(number) FROM invoice) + 1, (SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'first_invoice_number'), 1);
END;

CREATE TRIGGER guard_invoice_line AFTER INSERT ON invoice_line
BEGIN
  SELECT RAISE(ABORT, 'guard:invoice_line')
  WHERE NOT EXISTS (SELECT 1 FROM invoice WHERE id = NEW.invoice_id AND funder_id = NEW.funder_id)
    OR NEW.event_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM charge
      WHERE event_id = NEW.event_id AND how = 'delivery' AND fund_id = NEW.fund_id AND funder_id = NEW.funder_id AND pence = NEW.pence
        AND EXISTS (
          SELECT 1 FROM entry
          WHERE entry.event_id = NEW.event_id AND entry.amount = NEW.pence AND entry.unit = 'pence'
            AND NOT EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses_id = entry.id))
        AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.delivery_id = charge.delivery_id))
    OR NEW.schedule_row_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM schedule_standing
      WHERE schedule_row_id = NEW.schedule_row_id AND fund_id = NEW.fund_id AND funder_id = NEW.funder_id AND pence = NEW.pence);
END;

-- only an approved credit note undoes a line of an issued invoice, numbered without a gap: of support the whole line, and once
CREATE TRIGGER guard_credit_note BEFORE INSERT ON credit_note
BEGIN
  SELECT CASE
    WHEN NEW.number <> coalesce((SELECT max(number) FROM credit_note), 0) + 1 THEN RAISE(ABORT, 'guard:credit_note_number')
    WHEN NEW.words = '' OR NOT EXISTS (SELECT 1 FROM approval WHERE batch_id = NEW.batch_id)
      OR NOT EXISTS (SELECT 1 FROM invoice WHERE id = NEW.invoice_id) THEN RAISE(ABORT, 'guard:credit_note')
  END;
END;

CREATE TRIGGER guard_credit_line AFTER INSERT ON credit_line
BEGIN
  SELECT RAISE(ABORT, 'guard:credit_note')
  WHERE NOT EXISTS (
      SELECT 1 FROM credit_note JOIN invoice_line ON invoice_line.invoice_id = credit_note.invoice_id
      WHERE credit_note.id = NEW.credit_note_id AND credit_note.invoice_id = NEW.invoice_id AND invoice_line.n = NEW.invoice_n
        AND CASE WHEN invoice_line.event_id IS NULL THEN NEW.origin_id IS NOT NULL ELSE NEW.origin_id IS NULL AND invoice_line.pence = NEW.pence END)
    OR NEW.origin_id IS NULL AND 1 < (SELECT count(*) FROM credit_line WHERE invoice_id = NEW.invoice_id AND invoice_n = NEW.invoice_n)
    OR (SELECT sum(pence) FROM credit_line WHERE credit_note_id = NEW.credit_note_id)
      > (SELECT pence FROM credit_note WHERE id = NEW.credit_note_id);

  -- of an instalment no more than its line in all, and behind it stands the entry that lowers the same promise by all of its origin
  SELECT RAISE(ABORT, 'guard:credit_of_instalment')
  WHERE NEW.origin_id IS NOT NULL AND (
    NEW.pence <= 0
    OR NOT EXISTS (
      SELECT 1 FROM invoice_line
      JOIN entry ON entry.fund_id = invoice_line.fund_id
      JOIN origin ON origin.id = entry.origin_id
      JOIN account AS debit ON debit.id = entry.debit_account_id
      JOIN account AS credit ON credit.id = entry.credit_account_id
      WHERE invoice_line.invoice_id = NEW.invoice_id AND invoice_line.n = NEW.invoice_n
        AND invoice_line.pence >= (SELECT sum(pence) FROM credit_line WHERE invoice_id = NEW.invoice_id AND invoice_n = NEW.invoice_n)
        AND entry.origin_id = NEW.origin_id AND entry.unit = 'pence' AND entry.amount = NEW.pence AND entry.reverses_id IS NULL
        AND origin.kind = 'credit' AND origin.amount = NEW.pence
        AND debit.role = 'available' AND credit.role = 'due' AND credit.funder_id = invoice_line.funder_id
        AND NOT EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses_id = entry.id)));
END;

-- what is invoiced is not changed any more, and nothing joins what is approved
CREATE TRIGGER guard_schedule_change AFTER INSERT ON schedule_change
BEGIN
  SELECT RAISE(ABORT, 'guard:schedule_change')
  WHERE EXISTS (SELECT 1 FROM approval WHERE batch_id = NEW.batch_id)
    OR NOT EXISTS (SELECT 1 FROM schedule_row WHERE id = NEW.schedule_row_id)
    OR EXISTS (
      SELECT 1 FROM invoice_line
      WHERE schedule_row_id = NEW.schedule_row_id AND fund_id = NEW.fund_id AND funder_id = NEW.funder_id)
    OR NEW.version <> 1 + coalesce((
      SELECT max(version) FROM schedule_change
      WHERE schedule_row_id = NEW.schedule_row_id AND fund_id = NEW.fund_id AND funder_id = NEW.funder_id AND version <> NEW.version), 0);
END;

-- a fund closes at nil, and opens again, only by approval
CREATE TRIGGER guard_fund_closing BEFORE INSERT ON fund_closing
BEGIN
  SELECT RAISE(ABORT, 'guard:fund_closing')
  WHERE NOT EXISTS (SELECT 1 FROM approval WHERE batch_id = NEW.batch_id)
    OR NOT EXISTS (SELECT 1 FROM fund WHERE id = NEW.fund_id)
    OR NEW.step IS NOT CASE
      WHEN (SELECT step FROM fund_closing WHERE fund_id = NEW.fund_id ORDER BY id DESC LIMIT 1) = 'closed' THEN 'opened' ELSE 'closed' END
    OR NEW.step = 'closed' AND EXISTS (
      SELECT 1 FROM account JOIN balance ON balance.account_id = account.id
      WHERE account.fund_id = NEW.fund_id AND balance.amount <> 0
        AND (account.unit = 'pence' OR account.role IN ('available', 'banked')));
END;

-- each seal holds the one before it
CREATE TRIGGER guard_seal BEFORE INSERT ON seal
BEGIN
  SELECT RAISE(ABORT, 'guard:seal_chain')
  WHERE NEW.n <> coalesce((SELECT max(n) FROM seal), 0) + 1
    OR NEW.previous <> coalesce((SELECT sha256 FROM seal ORDER BY n DESC LIMIT 1), '')
    OR NEW.sha256 = '';
END;
