-- What all gateways have counted; nothing is lost if it is: unlogged, and swept after minutes.
create unlogged table limit_usage (
    caller_key text not null,
    minute     timestamptz not null,
    used       bigint not null,
    primary key (caller_key, minute)
);
