-- The guards of the ledger on PostgreSQL: the same names, at the end of each statement over all the rows it added, which is three
-- times as fast as row by row. They run as the owner of the tables, so the app needs no right to change what they keep; each takes
-- the writers' lock first, so that nothing they read changes under them. What every table has alike is written by guards.py.

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

CREATE FUNCTION guard_real_date(day text) RETURNS boolean LANGUAGE sql STABLE
  RETURN day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' AND pg_input_is_valid(day, 'date');

CREATE FUNCTION guard_says(name text, place text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF name IS NOT NULL THEN
    RAISE EXCEPTION 'guard:%', name || coalesce(' (' || place || ')', '');
  END IF;
END $$;

-- refuses whatever it stands on; its name is the trigger's first argument
CREATE FUNCTION guard_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'guard:% (%)', TG_ARGV[0], TG_OP || ' ' || TG_TABLE_NAME;
END $$;

-- the columns named in the arguments hold days that exist, or nothing
CREATE FUNCTION guard_real_dates() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  wrong text;
  named text;
BEGIN
  FOREACH named IN ARRAY TG_ARGV LOOP
    EXECUTE format('SELECT %1$I FROM added WHERE %1$I <> '''' AND NOT guard_real_date(%1$I) LIMIT 1', named) INTO wrong;
    IF wrong IS NOT NULL THEN
      PERFORM guard_says('real_date', named || ' ' || wrong);
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- one row is one entry, in one fund, from one origin
CREATE FUNCTION guard_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  closed text;
  refused text;
  place text;
BEGIN
  -- a snapshot from before the lock would not see what others have closed or withdrawn meanwhile
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM guard_says('isolation');
  END IF;
  PERFORM pg_advisory_xact_lock(7465746963);
  closed := coalesce((SELECT max(month COLLATE "C") FROM month_standing), '');

  SELECT found.guard, found.key INTO refused, place
  FROM (
    SELECT added.id, added.key, CASE
      WHEN debit.id IS NULL OR credit.id IS NULL THEN 'barrier_fund'
      WHEN event.id IS NULL THEN 'event_fund'
      WHEN added.origin_id IS NOT NULL AND origin.id IS NULL THEN 'origin_missing'
      WHEN batch.id IS NULL THEN 'foreign_key'
      WHEN seal.n IS NOT NULL THEN 'sealed'
      WHEN (SELECT step FROM fund_closing WHERE fund_closing.fund_id = added.fund_id ORDER BY fund_closing.id DESC LIMIT 1) = 'closed'
        THEN 'fund_closed'
      WHEN NOT guard_real_date(added.happened_on) THEN 'entry_dates'
      WHEN added.posted_on <> added.happened_on AND NOT guard_real_date(added.posted_on) THEN 'entry_dates'
      WHEN left(added.posted_on, 7) COLLATE "C" <= closed THEN 'month_closed'
      WHEN added.posted_on <> CASE
        WHEN left(added.happened_on, 7) COLLATE "C" > closed THEN added.happened_on
        ELSE to_char((closed || '-01')::date + interval '1 month', 'YYYY-MM-DD') END THEN 'entry_dates'
      -- a reversal mirrors its entry
      WHEN added.reverses_id IS NOT NULL THEN CASE
        WHEN first.id IS NULL THEN 'reversal'
        WHEN EXISTS (SELECT 1 FROM invoice_line WHERE invoice_line.event_id = first.event_id AND NOT EXISTS (
          SELECT 1 FROM credit_line WHERE credit_line.invoice_id = invoice_line.invoice_id AND credit_line.invoice_n = invoice_line.n))
          THEN 'invoiced_delivery'
        WHEN EXISTS (SELECT 1 FROM credit_line WHERE credit_line.origin_id = added.origin_id) THEN 'credit_of_instalment' END
      -- anything else is a legal meeting of two roles, with what it needs behind it
      WHEN debit.id = credit.id OR rule.needs IS NULL THEN 'rule'
      WHEN rule.needs = 'charge' AND (
        NOT EXISTS (
          SELECT 1 FROM charge
          WHERE charge.event_id = added.event_id AND charge.fund_id = added.fund_id AND charge.funder_id = debit.funder_id
            AND charge.how = 'delivery' AND charge.pence = added.amount)
        OR EXISTS (
          SELECT 1 FROM entry AS other
          WHERE other.event_id = added.event_id AND other.id <> added.id AND other.debit_account_id = added.debit_account_id
            AND other.credit_account_id = added.credit_account_id AND other.reverses_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses_id = other.id))) THEN 'needs_charge'
      WHEN rule.needs = 'conversion' AND (
        NOT EXISTS (SELECT 1 FROM conversion WHERE conversion.event_id = added.event_id AND conversion.minutes = added.amount)
        OR EXISTS (
          SELECT 1 FROM entry AS other
          WHERE other.event_id = added.event_id AND other.id <> added.id AND other.debit_account_id = added.debit_account_id
            AND other.credit_account_id = added.credit_account_id AND other.reverses_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses_id = other.id))) THEN 'needs_conversion'
      WHEN rule.needs NOT IN ('', 'charge', 'conversion') THEN 'rule'
    END AS guard
    FROM added
    LEFT JOIN account AS debit
      ON debit.id = added.debit_account_id AND debit.fund_id = added.fund_id AND debit.unit = added.unit
    LEFT JOIN account AS credit
      ON credit.id = added.credit_account_id AND credit.fund_id = added.fund_id AND credit.unit = added.unit
    LEFT JOIN event ON event.id = added.event_id AND event.fund_id = added.fund_id
    LEFT JOIN origin ON origin.id = added.origin_id AND origin.unit = added.unit
    LEFT JOIN batch ON batch.id = added.batch_id
    LEFT JOIN seal ON seal.batch_id = added.batch_id AND seal.covers = 'entries'
    LEFT JOIN rule
      ON rule.debit_role = debit.role AND rule.credit_role = credit.role AND rule.unit = added.unit
      AND rule.origin_kind = coalesce(origin.kind, '')
    LEFT JOIN entry AS first
      ON first.id = added.reverses_id AND first.reverses_id IS NULL AND first.fund_id = added.fund_id AND first.unit = added.unit
      AND first.amount = added.amount AND first.debit_account_id = added.credit_account_id
      AND first.credit_account_id = added.debit_account_id AND first.origin_id IS NOT DISTINCT FROM added.origin_id
  ) AS found
  WHERE found.guard IS NOT NULL
  ORDER BY found.id LIMIT 1; -- without the order PostgreSQL plans for a row that is found at once, and walks each table for each entry
  PERFORM guard_says(refused, place);

  -- what comes from an origin stays within its fund's approved parts
  -- what is put back is the part's again; but money of a bank line, put back, is placed anew by parts of its own
  UPDATE part_use SET used = part_use.used + net.amount
  FROM (
    SELECT origin_id, fund_id, sum(CASE
      WHEN reverses_id IS NULL THEN amount
      WHEN (SELECT kind FROM origin WHERE origin.id = added.origin_id) LIKE 'bank%' THEN 0
      ELSE -amount END)::bigint AS amount
    FROM added WHERE origin_id IS NOT NULL GROUP BY origin_id, fund_id
  ) AS net
  WHERE part_use.origin_id = net.origin_id AND part_use.fund_id = net.fund_id;

  SELECT CASE WHEN found.approved = 0 THEN 'part_not_approved' ELSE 'part_exceeded' END, 'origin ' || found.origin_id || ', fund ' || found.fund_id
  INTO refused, place
  FROM (
    SELECT asked.origin_id, asked.fund_id, coalesce(part_use.used, 0) AS used, coalesce((
      SELECT sum(part.amount) FROM part JOIN approval ON approval.batch_id = part.batch_id
      WHERE part.origin_id = asked.origin_id AND part.fund_id = asked.fund_id), 0) AS approved
    FROM (SELECT DISTINCT origin_id, fund_id FROM added WHERE origin_id IS NOT NULL AND reverses_id IS NULL) AS asked
    LEFT JOIN part_use ON part_use.origin_id = asked.origin_id AND part_use.fund_id = asked.fund_id
  ) AS found
  WHERE found.approved = 0 OR found.used > found.approved LIMIT 1;
  PERFORM guard_says(refused, place);

  UPDATE balance SET amount = balance.amount + net.amount
  FROM (
    SELECT account_id, sum(amount)::bigint AS amount
    FROM (SELECT debit_account_id AS account_id, amount FROM added UNION ALL SELECT credit_account_id, -amount FROM added) AS sides
    GROUP BY account_id
  ) AS net
  WHERE balance.account_id = net.account_id;

  -- the provider never draws what it has not earned
  SELECT 'draw_too_much', 'fund ' || drawn.fund_id INTO refused, place
  FROM (
    SELECT DISTINCT added.fund_id, added.unit FROM added
    JOIN account AS debit ON debit.id = added.debit_account_id AND debit.role = 'owed_provider'
    JOIN account AS credit ON credit.id = added.credit_account_id AND credit.role = 'held'
    WHERE added.reverses_id IS NULL
  ) AS drawn
  WHERE 0 < (
    SELECT sum(balance.amount) FROM account JOIN balance ON balance.account_id = account.id
    WHERE account.fund_id = drawn.fund_id AND account.unit = drawn.unit AND account.role IN ('owed_provider', 'borne'))
  LIMIT 1;
  PERFORM guard_says(refused, place);

  -- no account falls below its floor: a debit lowers the credit side, a credit lowers the debit side
  SELECT 'floor_' || low.role, 'fund ' || low.fund_id INTO refused, place
  FROM (
    SELECT account_id, side, bool_or(plain) AS plain
    FROM (
      SELECT debit_account_id AS account_id, 'credit' AS side, reverses_id IS NULL AS plain FROM added
      UNION ALL SELECT credit_account_id, 'debit', reverses_id IS NULL FROM added
    ) AS sides
    GROUP BY account_id, side
  ) AS lowered
  JOIN account AS low ON low.id = lowered.account_id
  JOIN role ON role.name = low.role AND role.unit = low.unit AND role.side = lowered.side
  JOIN balance ON balance.account_id = low.id
  WHERE (role.floor = 'never' OR role.floor = 'by reversal only' AND lowered.plain)
    AND CASE role.side WHEN 'debit' THEN balance.amount ELSE -balance.amount END < 0
  LIMIT 1;
  PERFORM guard_says(refused, place);
  RETURN NULL;
END $$;
CREATE TRIGGER guard_entry AFTER INSERT ON entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_entry();

-- what an entry may come from
CREATE FUNCTION guard_origin() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says(CASE
    WHEN EXISTS (SELECT 1 FROM added WHERE placed <> 0) THEN 'kept_by_guard'
    WHEN EXISTS (SELECT 1 FROM added JOIN approval ON approval.batch_id = added.batch_id) THEN 'part_after_approval'
  END);
  RETURN NULL;
END $$;
CREATE TRIGGER guard_origin AFTER INSERT ON origin REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_origin();

CREATE FUNCTION guard_part() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says(CASE
    WHEN EXISTS (SELECT 1 FROM added WHERE NOT EXISTS (SELECT 1 FROM origin WHERE origin.id = added.origin_id AND origin.unit = added.unit))
      THEN 'origin_missing'
    WHEN EXISTS (SELECT 1 FROM added JOIN approval ON approval.batch_id = added.batch_id) THEN 'part_after_approval'
    WHEN EXISTS (
      SELECT 1 FROM (SELECT origin_id, sum(amount) AS amount FROM added GROUP BY origin_id) AS more
      JOIN origin ON origin.id = more.origin_id WHERE origin.placed + more.amount > origin.amount) THEN 'part_over_origin'
  END);
  UPDATE origin SET placed = origin.placed + more.amount
  FROM (SELECT origin_id, sum(amount)::bigint AS amount FROM added GROUP BY origin_id) AS more
  WHERE origin.id = more.origin_id;
  INSERT INTO part_use (origin_id, fund_id, used) SELECT DISTINCT origin_id, fund_id, 0 FROM added ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER guard_part AFTER INSERT ON part REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_part();

CREATE FUNCTION guard_approval() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says('approver_is_preparer', 'batch ' || added.batch_id) FROM added
  WHERE NOT EXISTS (
    SELECT 1 FROM batch JOIN user_account ON user_account.id = added.approved_by
    WHERE batch.id = added.batch_id AND batch.prepared_by <> added.approved_by);
  RETURN NULL;
END $$;
CREATE TRIGGER guard_approval AFTER INSERT ON approval REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_approval();

-- accounts, and what decides over them
CREATE FUNCTION guard_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says('account_shape', added.key) FROM added
  WHERE NOT EXISTS (SELECT 1 FROM role WHERE role.name = added.role AND role.unit = added.unit)
    OR NOT EXISTS (SELECT 1 FROM fund WHERE fund.id = added.fund_id)
    OR added.role = 'due' AND NOT EXISTS (SELECT 1 FROM funder WHERE funder.id = added.funder_id)
    OR added.role NOT IN ('due', 'owed_funder') AND added.funder_id IS NOT NULL
    OR added.role = 'void_cost' AND NOT EXISTS (SELECT 1 FROM fund WHERE fund.id = added.fund_id AND fund.kind = 'provider')
    OR EXISTS (
      SELECT 1 FROM account
      WHERE account.fund_id = added.fund_id AND account.role = added.role AND account.unit = added.unit
        AND account.funder_id IS NOT DISTINCT FROM added.funder_id AND account.id <> added.id);
  INSERT INTO balance (account_id, amount) SELECT id, 0 FROM added;
  RETURN NULL;
END $$;
CREATE TRIGGER guard_account AFTER INSERT ON account REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_account();

CREATE TRIGGER guard_role BEFORE INSERT ON role FOR EACH STATEMENT EXECUTE FUNCTION guard_refuses('constitution');
CREATE TRIGGER guard_rule BEFORE INSERT ON rule FOR EACH STATEMENT EXECUTE FUNCTION guard_refuses('constitution');

-- what only a guard may keep: nothing outside a trigger writes it
CREATE TRIGGER guard_kept BEFORE INSERT OR UPDATE OR DELETE ON balance
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION guard_refuses('kept_by_guard');
CREATE TRIGGER guard_kept BEFORE INSERT OR UPDATE OR DELETE ON part_use
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION guard_refuses('kept_by_guard');
CREATE TRIGGER guard_kept BEFORE UPDATE OF placed ON origin
  FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION guard_refuses('kept_by_guard');

-- months close in order, and open again only by approval
CREATE FUNCTION guard_month_lock() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  IF NEW.step NOT IN ('issued', 'locked')
    OR NOT guard_real_date(NEW.month || '-01')
    OR EXISTS (
      SELECT 1 FROM month_standing AS standing
      WHERE standing.month COLLATE "C" > NEW.month
        OR standing.month = NEW.month AND (standing.step = NEW.step OR standing.step = 'locked'))
  THEN
    PERFORM guard_says('lock_order', NEW.month);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_month_lock BEFORE INSERT ON month_lock FOR EACH ROW EXECUTE FUNCTION guard_month_lock();

CREATE FUNCTION guard_month_reopen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  IF NOT EXISTS (SELECT 1 FROM approval JOIN batch ON batch.id = approval.batch_id WHERE batch.id = NEW.batch_id AND kind = 'reopen')
    OR EXISTS (SELECT 1 FROM month_reopen WHERE batch_id = NEW.batch_id)
    OR coalesce((SELECT month FROM month_standing WHERE id = NEW.month_lock_id), '')
      IS DISTINCT FROM (SELECT max(month COLLATE "C") FROM month_standing)
    OR EXISTS (
      SELECT 1 FROM month_standing AS issued JOIN month_lock AS opened ON opened.id = NEW.month_lock_id
      WHERE issued.month = opened.month AND issued.step = 'issued')
  THEN
    PERFORM guard_says('reopen', 'month lock ' || NEW.month_lock_id);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_month_reopen BEFORE INSERT ON month_reopen FOR EACH ROW EXECUTE FUNCTION guard_month_reopen();

-- nothing is charged that was not delivered, and nothing asked for that was not charged or agreed
CREATE FUNCTION guard_charge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says(CASE
    WHEN EXISTS (
      SELECT 1 FROM added
      LEFT JOIN delivery ON delivery.id = added.delivery_id
      LEFT JOIN withdrawal ON withdrawal.delivery_id = added.delivery_id
      WHERE delivery.id IS NULL OR withdrawal.delivery_id IS NOT NULL) THEN 'charge_without_delivery'
    WHEN EXISTS (
      SELECT 1 FROM added LEFT JOIN event ON event.id = added.event_id AND event.fund_id = added.fund_id
      WHERE event.id IS NULL) THEN 'event_fund'
    -- one person's support is never charged to another's fund; a house's is charged to who lives there, or to who carries its places
    WHEN EXISTS (
      SELECT 1 FROM added JOIN delivery ON delivery.id = added.delivery_id JOIN fund ON fund.id = added.fund_id
      WHERE NOT coalesce(CASE
        WHEN delivery.house_id IS NULL THEN fund.person_id = delivery.person_id
        ELSE fund.person_id IS NULL OR EXISTS (
          SELECT 1 FROM house_place WHERE house_place.house_id = delivery.house_id AND house_place.person_id = fund.person_id)
        END, false)) THEN 'charge_person'
    WHEN EXISTS (
      SELECT 1 FROM added JOIN charge AS other
        ON other.delivery_id = added.delivery_id AND other.event_id <> added.event_id AND other.fund_id = added.fund_id
        AND other.funder_id IS NOT DISTINCT FROM added.funder_id AND other.support_on = added.support_on
      WHERE added.how <> 'void') THEN 'charged_twice'
  END);
  RETURN NULL;
END $$;
CREATE FUNCTION guard_delivery() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says('delivery_version', added.key) FROM added
  WHERE added.version > 1 AND NOT EXISTS (
    SELECT 1 FROM delivery JOIN withdrawal ON withdrawal.delivery_id = delivery.id
    WHERE delivery.key = added.key AND delivery.version = added.version - 1);
  RETURN NULL;
END $$;
CREATE TRIGGER guard_delivery AFTER INSERT ON delivery
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_delivery();
CREATE TRIGGER guard_charge AFTER INSERT ON charge REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_charge();

CREATE FUNCTION guard_withdrawal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says('invoiced_delivery', 'invoice ' || invoice_line.invoice_id)
  FROM added JOIN charge ON charge.delivery_id = added.delivery_id JOIN invoice_line ON invoice_line.event_id = charge.event_id
  WHERE NOT EXISTS (
    SELECT 1 FROM credit_line WHERE credit_line.invoice_id = invoice_line.invoice_id AND credit_line.invoice_n = invoice_line.n);
  RETURN NULL;
END $$;
CREATE TRIGGER guard_withdrawal AFTER INSERT ON withdrawal
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_withdrawal();

CREATE FUNCTION guard_conversion() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM guard_says('conversion', 'event ' || added.event_id) FROM added
  WHERE added.minutes <= 0 OR added.pence < 0 OR added.agreement = '' OR NOT EXISTS (SELECT 1 FROM event WHERE event.id = added.event_id);
  RETURN NULL;
END $$;
CREATE TRIGGER guard_conversion AFTER INSERT ON conversion
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_conversion();

CREATE FUNCTION guard_invoice() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says('invoice_number', 'from ' || given.first || ' to ' || given.last)
  FROM (SELECT min(number) AS first, max(number) AS last, count(*) AS many FROM added) AS given
  WHERE given.many > 0 AND (given.last - given.first + 1 <> given.many OR given.first <> coalesce(
    (SELECT max(number) FROM invoice WHERE number NOT IN (SELECT number FROM added)) + 1,
    (SELECT value::bigint FROM setting WHERE name = 'first_invoice_number'), 1));
  RETURN NULL;
END $$;
CREATE TRIGGER guard_invoice AFTER INSERT ON invoice REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_invoice();

CREATE FUNCTION guard_invoice_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says('invoice_line', 'invoice ' || added.invoice_id || ', line ' || added.n)
  FROM added
  LEFT JOIN invoice ON invoice.id = added.invoice_id AND invoice.funder_id = added.funder_id
  LEFT JOIN charge
    ON charge.event_id = added.event_id AND charge.how = 'delivery' AND charge.fund_id = added.fund_id
    AND charge.funder_id = added.funder_id AND charge.pence = added.pence
  LEFT JOIN withdrawal ON withdrawal.delivery_id = charge.delivery_id
  LEFT JOIN schedule_standing AS part_due
    ON part_due.schedule_row_id = added.schedule_row_id AND part_due.fund_id = added.fund_id
    AND part_due.funder_id = added.funder_id AND part_due.pence = added.pence
  WHERE invoice.id IS NULL
    OR added.event_id IS NOT NULL AND (charge.event_id IS NULL OR withdrawal.delivery_id IS NOT NULL OR NOT EXISTS (
      SELECT 1 FROM entry
      WHERE entry.event_id = added.event_id AND entry.amount = added.pence AND entry.unit = 'pence'
        AND NOT EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses_id = entry.id)))
    OR added.schedule_row_id IS NOT NULL AND part_due.schedule_row_id IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER guard_invoice_line AFTER INSERT ON invoice_line
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_invoice_line();

-- only an approved credit note undoes a line of an issued invoice, numbered without a gap: of support the whole line, and once
CREATE FUNCTION guard_credit_note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says('credit_note_number', 'credit note ' || min(added.number)) FROM added
  HAVING count(*) <> max(added.number) - coalesce((
    SELECT max(number) FROM credit_note WHERE number < (SELECT min(number) FROM added)), 0);
  PERFORM guard_says('credit_note', 'credit note ' || added.number) FROM added
  WHERE added.words = '' OR NOT EXISTS (SELECT 1 FROM approval WHERE approval.batch_id = added.batch_id)
    OR NOT EXISTS (SELECT 1 FROM invoice WHERE invoice.id = added.invoice_id);
  RETURN NULL;
END $$;
CREATE TRIGGER guard_credit_note AFTER INSERT ON credit_note
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_credit_note();

CREATE FUNCTION guard_credit_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says('credit_note', 'credit note row ' || added.credit_note_id) FROM added
  WHERE NOT EXISTS (
      SELECT 1 FROM credit_note JOIN invoice_line ON invoice_line.invoice_id = credit_note.invoice_id
      WHERE credit_note.id = added.credit_note_id AND credit_note.invoice_id = added.invoice_id AND invoice_line.n = added.invoice_n
        AND CASE WHEN invoice_line.event_id IS NULL THEN added.origin_id IS NOT NULL
          ELSE added.origin_id IS NULL AND invoice_line.pence = added.pence END)
    OR added.origin_id IS NULL AND 1 < (
      SELECT count(*) FROM credit_line WHERE credit_line.invoice_id = added.invoice_id AND credit_line.invoice_n = added.invoice_n)
    OR (SELECT sum(pence) FROM credit_line WHERE credit_line.credit_note_id = added.credit_note_id)
      > (SELECT pence FROM credit_note WHERE credit_note.id = added.credit_note_id);

  -- of an instalment no more than its line in all, and behind it stands the entry that lowers the same promise by all of its origin
  PERFORM guard_says('credit_of_instalment', 'credit note row ' || added.credit_note_id) FROM added
  WHERE added.origin_id IS NOT NULL AND (
    added.pence <= 0
    OR NOT EXISTS (
      SELECT 1 FROM invoice_line
      JOIN entry ON entry.fund_id = invoice_line.fund_id
      JOIN origin ON origin.id = entry.origin_id
      JOIN account AS debit ON debit.id = entry.debit_account_id
      JOIN account AS credit ON credit.id = entry.credit_account_id
      WHERE invoice_line.invoice_id = added.invoice_id AND invoice_line.n = added.invoice_n
        AND invoice_line.pence >= (
          SELECT sum(pence) FROM credit_line WHERE credit_line.invoice_id = added.invoice_id AND credit_line.invoice_n = added.invoice_n)
        AND entry.origin_id = added.origin_id AND entry.unit = 'pence' AND entry.amount = added.pence AND entry.reverses_id IS NULL
        AND origin.kind = 'credit' AND origin.amount = added.pence
        AND debit.role = 'available' AND credit.role = 'due' AND credit.funder_id = invoice_line.funder_id
        AND NOT EXISTS (SELECT 1 FROM entry AS back WHERE back.reverses_id = entry.id)));
  RETURN NULL;
END $$;
CREATE TRIGGER guard_credit_line AFTER INSERT ON credit_line
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_credit_line();

-- what is invoiced is not changed any more, and nothing joins what is approved
CREATE FUNCTION guard_schedule_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  PERFORM guard_says('schedule_change', 'instalment row ' || added.schedule_row_id) FROM added
  WHERE EXISTS (SELECT 1 FROM approval WHERE approval.batch_id = added.batch_id)
    OR NOT EXISTS (SELECT 1 FROM schedule_row WHERE schedule_row.id = added.schedule_row_id)
    OR EXISTS (
      SELECT 1 FROM invoice_line
      WHERE invoice_line.schedule_row_id = added.schedule_row_id AND invoice_line.fund_id = added.fund_id
        AND invoice_line.funder_id = added.funder_id)
    OR added.version <> 1 + coalesce((
      SELECT max(earlier.version) FROM schedule_change AS earlier
      WHERE earlier.schedule_row_id = added.schedule_row_id AND earlier.fund_id = added.fund_id AND earlier.funder_id = added.funder_id
        AND earlier.version <> added.version), 0);
  RETURN NULL;
END $$;
CREATE TRIGGER guard_schedule_change AFTER INSERT ON schedule_change
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION guard_schedule_change();

-- a fund closes at nil, and opens again, only by approval
CREATE FUNCTION guard_fund_closing() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  IF NOT EXISTS (SELECT 1 FROM approval WHERE approval.batch_id = NEW.batch_id)
    OR NOT EXISTS (SELECT 1 FROM fund WHERE fund.id = NEW.fund_id)
    OR NEW.step IS DISTINCT FROM (CASE -- in brackets, or its THEN would be taken for that of the IF
      WHEN (SELECT step FROM fund_closing WHERE fund_closing.fund_id = NEW.fund_id ORDER BY fund_closing.id DESC LIMIT 1) = 'closed'
      THEN 'opened' ELSE 'closed' END)
    OR NEW.step = 'closed' AND EXISTS (
      SELECT 1 FROM account JOIN balance ON balance.account_id = account.id
      WHERE account.fund_id = NEW.fund_id AND balance.amount <> 0
        AND (account.unit = 'pence' OR account.role IN ('available', 'banked')))
  THEN
    PERFORM guard_says('fund_closing', 'fund ' || NEW.fund_id);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_fund_closing BEFORE INSERT ON fund_closing FOR EACH ROW EXECUTE FUNCTION guard_fund_closing();

-- each seal holds the one before it
CREATE FUNCTION guard_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7465746963);
  IF NEW.n <> coalesce((SELECT max(n) FROM seal), 0) + 1
    OR NEW.previous <> coalesce((SELECT sha256 FROM seal ORDER BY n DESC LIMIT 1), '')
    OR NEW.sha256 = ''
  THEN
    PERFORM guard_says('seal_chain', 'seal ' || NEW.n);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_seal BEFORE INSERT ON seal FOR EACH ROW EXECUTE FUNCTION guard_seal();
