-- The installation's own tables: no organisation_id, because one Microsoft account serves every organisation that
-- connected it. They are reached only through a row that is fenced by organisation. A test lists them by name.

CREATE TABLE microsoft_account (
    id uuid PRIMARY KEY,
    tid text NOT NULL,
    oid text NOT NULL,
    address text NOT NULL,
    name text NOT NULL,
    -- Microsoft said "later" (429, Retry-After): every instance leaves this mailbox alone until then.
    not_before timestamptz NOT NULL DEFAULT '-infinity',
    created_at timestamptz NOT NULL,
    UNIQUE (tid, oid)
);

-- Four requests in flight per account, over all instances. A dead instance's place frees itself by time.
CREATE TABLE account_slot (
    account_id uuid NOT NULL REFERENCES microsoft_account (id) ON DELETE CASCADE,
    slot smallint NOT NULL CHECK (slot BETWEEN 1 AND 4),
    holder uuid,
    lease_until timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (account_id, slot)
);

CREATE TABLE remote_calendar (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES microsoft_account (id) ON DELETE CASCADE,
    graph_id text NOT NULL,
    name text NOT NULL,
    owner_name text,
    owner_address text,
    can_edit boolean NOT NULL,
    is_default boolean NOT NULL,
    -- Rises with every run; a run that was overtaken carries a lower number and is refused everywhere.
    fence bigint NOT NULL DEFAULT 0,
    -- The delta link of the last completed round, and the window that this round covers.
    delta_link text,
    window_from timestamptz,
    window_until timestamptz,
    read_in_full_at timestamptz,
    -- A feed joined, resumed or lost its state: a run reads the whole window while wishes and done differ.
    full_read_wishes bigint NOT NULL DEFAULT 1,
    full_reads_done bigint NOT NULL DEFAULT 0,
    confirmed_at timestamptz,
    -- When Microsoft last told us of a change; its data may come later than its word.
    notified_at timestamptz,
    failures integer NOT NULL DEFAULT 0,
    subscription_state text NOT NULL DEFAULT 'NONE'
        CHECK (subscription_state IN ('NONE', 'CREATING', 'ACTIVE', 'REFUSED')),
    subscription_id text,
    subscription_secret_hash bytea,
    subscription_connection_id uuid,
    subscription_expires_at timestamptz,
    subscription_retry_at timestamptz,
    subscription_problem text,
    created_at timestamptz NOT NULL,
    UNIQUE (account_id, graph_id)
);
CREATE INDEX remote_calendar_subscription ON remote_calendar (subscription_id) WHERE subscription_id IS NOT NULL;

-- db-scheduler's table, as its documentation gives it.
CREATE TABLE scheduled_tasks (
    task_name text NOT NULL,
    task_instance text NOT NULL,
    task_data bytea,
    execution_time timestamptz NOT NULL,
    picked boolean NOT NULL,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures integer,
    last_heartbeat timestamptz,
    version bigint NOT NULL,
    priority smallint,
    PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_execution_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_last_heartbeat ON scheduled_tasks (last_heartbeat);

-- Counts the wishes for a job, so that one that arrives while the job is running is not lost: the runner compares the
-- number before and after.
CREATE TABLE job_wish (
    job text NOT NULL,
    instance text NOT NULL,
    wishes bigint NOT NULL,
    PRIMARY KEY (job, instance)
);

-- Where we are in scheduling-service's change log; exactly one instance follows it.
CREATE TABLE change_cursor (
    name text PRIMARY KEY,
    cursor text,
    -- Rises with every follower; one that was overtaken cannot move the cursor any more.
    fence bigint NOT NULL DEFAULT 0
);

-- Written into the mark of every event of ours.
CREATE TABLE installation (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    id uuid NOT NULL
);

-- From here on every table belongs to an organisation, and every foreign key carries it.

CREATE TABLE connection (
    id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    person_id uuid NOT NULL,
    account_id uuid REFERENCES microsoft_account (id),
    state text NOT NULL
        CHECK (state IN ('PENDING', 'ACTIVE', 'RECONNECT_REQUIRED', 'PARKED', 'STOPPING', 'STOPPED')),
    reason text,
    reason_text text,
    -- What shall become of the [tt] events when it stops: KEEP or REMOVE.
    written_events text CHECK (written_events IN ('KEEP', 'REMOVE')),
    token_cache text,
    token_version bigint NOT NULL DEFAULT 0,
    -- What Microsoft wants to see at the next sign-in (continuous access evaluation), as JSON.
    wanted_claims text,
    removal_total integer NOT NULL DEFAULT 0,
    plan_checked_at timestamptz,
    last_refreshed_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (id),
    UNIQUE (organisation_id, id)
);
CREATE INDEX connection_staff ON connection (organisation_id, staff_id);
CREATE INDEX connection_account ON connection (account_id);

CREATE TABLE authorization_flow (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    state_hash bytea NOT NULL UNIQUE,
    cookie_hash bytea NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    -- PKCE verifier and nonce, and later the code: encrypted, bound to this row.
    verifier text NOT NULL,
    nonce text NOT NULL,
    code text,
    error text,
    -- Given to the browser that brought the answer; only it can go on.
    ticket_hash bytea,
    return_to text NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    redeemed_at timestamptz,
    FOREIGN KEY (organisation_id, connection_id) REFERENCES connection (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX authorization_flow_connection ON authorization_flow (organisation_id, connection_id);

CREATE TABLE feed (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    remote_calendar_id uuid NOT NULL REFERENCES remote_calendar (id),
    staff_id uuid NOT NULL,
    reading boolean NOT NULL,
    writing boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('FIRST_SYNC', 'ACTIVE', 'PAUSED', 'HELD', 'PARKED', 'STOPPED')),
    reason text,
    reason_text text,
    first_sync_completed_at timestamptz,
    settings jsonb NOT NULL DEFAULT '{}',
    phase text NOT NULL DEFAULT 'QUEUED' CHECK (phase IN ('QUEUED', 'READING', 'FINISHED', 'WAITING')),
    processed integer NOT NULL DEFAULT 0,
    loaded integer NOT NULL DEFAULT 0,
    rejected integer NOT NULL DEFAULT 0,
    finished_at timestamptz,
    -- A person said that the held removals are right: the next run carries them out.
    removals_approved boolean NOT NULL DEFAULT false,
    last_synced_at timestamptz,
    known_from timestamptz,
    known_until timestamptz,
    -- Imported time off of a stopped feed is still at scheduling-service: a job takes it away.
    forget_wanted boolean NOT NULL DEFAULT false,
    -- All appointments of the staff member have to be looked at again (new feed, prefix changed, log lost).
    snapshot_wishes bigint NOT NULL DEFAULT 0,
    snapshots_taken bigint NOT NULL DEFAULT 0,
    publish_problem text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version bigint NOT NULL DEFAULT 1,
    UNIQUE (organisation_id, id),
    FOREIGN KEY (organisation_id, connection_id) REFERENCES connection (organisation_id, id)
);
CREATE UNIQUE INDEX feed_once_per_staff_and_calendar ON feed (organisation_id, staff_id, remote_calendar_id)
    WHERE state <> 'STOPPED';
CREATE INDEX feed_connection ON feed (organisation_id, connection_id);
CREATE INDEX feed_calendar ON feed (remote_calendar_id) WHERE state <> 'STOPPED';

CREATE TABLE feed_item (
    feed_id uuid NOT NULL,
    -- Derived from feed and Graph's id, and known to scheduling-service.
    item_id uuid NOT NULL,
    remote_id text NOT NULL,
    organisation_id uuid NOT NULL,
    -- LOADED or the reason code of the published table.
    verdict text NOT NULL,
    -- scheduling-service's number of that verdict; later verdicts have a higher one. 0: never sent.
    verdict_version bigint NOT NULL DEFAULT 0,
    detail text,
    number bigint,
    -- It blocks by our rules, so scheduling-service holds it (loaded or as a copy that may take over).
    sent boolean NOT NULL,
    starts_at timestamptz,
    ends_at timestamptz,
    start_date date,
    end_date date,
    subject text,
    subject_sealed text,
    show_as text,
    series_id text,
    ical_uid text,
    original_start timestamptz,
    web_link text,
    content_hash text NOT NULL,
    last_modified_at timestamptz,
    processed_at timestamptz NOT NULL,
    -- The planner wanted it removed, but the brake holds it.
    held boolean NOT NULL DEFAULT false,
    PRIMARY KEY (feed_id, item_id),
    FOREIGN KEY (organisation_id, feed_id) REFERENCES feed (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX feed_item_recent ON feed_item (feed_id, processed_at DESC, starts_at DESC, item_id);

CREATE TABLE published_event (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    feed_id uuid NOT NULL,
    remote_calendar_id uuid NOT NULL REFERENCES remote_calendar (id),
    appointment_id uuid NOT NULL,
    appointment_number bigint,
    event_id text,
    ical_uid text,
    -- Committed before the create is sent, so that a lost answer can never make a second event.
    transaction_id uuid,
    -- Rises whenever something that is written may have changed; written = wanted means that Office 365 shows it.
    wanted bigint NOT NULL DEFAULT 1,
    written bigint NOT NULL DEFAULT 0,
    appointment_version bigint,
    content_hash text,
    state text NOT NULL CHECK (state IN ('WANTED', 'CREATING', 'WRITTEN', 'REMOVED', 'KEPT', 'FAILED')),
    -- The event shall go, whatever the appointment says (feed stopped with REMOVE, client erased).
    removal_wanted boolean NOT NULL DEFAULT false,
    attempts integer NOT NULL DEFAULT 0,
    not_before timestamptz NOT NULL DEFAULT '-infinity',
    last_error text,
    restores integer NOT NULL DEFAULT 0,
    restored_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (feed_id, appointment_id),
    FOREIGN KEY (organisation_id, feed_id) REFERENCES feed (organisation_id, id)
);
CREATE INDEX published_event_appointment ON published_event (organisation_id, appointment_id);
CREATE INDEX published_event_event ON published_event (remote_calendar_id, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX published_event_ical ON published_event (organisation_id, ical_uid) WHERE ical_uid IS NOT NULL;
CREATE INDEX published_event_transaction ON published_event (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX published_event_due ON published_event (feed_id, not_before)
    WHERE wanted > written;

CREATE TABLE sync_run (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    feed_id uuid NOT NULL,
    run_id uuid NOT NULL,
    fence bigint NOT NULL,
    full_read boolean NOT NULL,
    state text NOT NULL CHECK (state IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'POSTPONED', 'FAILED')),
    reason text,
    processed integer NOT NULL DEFAULT 0,
    loaded integer NOT NULL DEFAULT 0,
    rejected integer NOT NULL DEFAULT 0,
    removed integer NOT NULL DEFAULT 0,
    held integer NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    UNIQUE (run_id, feed_id),
    FOREIGN KEY (organisation_id, feed_id) REFERENCES feed (organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX sync_run_recent ON sync_run (feed_id, started_at DESC, id);

-- Append-only, without personal content.
CREATE TABLE audit (
    id uuid PRIMARY KEY,
    organisation_id uuid NOT NULL,
    at timestamptz NOT NULL,
    person_id uuid,
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_organisation ON audit (organisation_id, at DESC);
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END
$$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
