"""What is not looked through when something is to be gone, since it says nothing of anybody."""

# How the operator has set up the house, and the addresses by which people are found.
HOUSE = frozenset(
    {
        "case_form_fields",
        "case_forms",
        "case_types",
        "business_hours",
        "channels",
        "custom_field_options",
        "custom_fields",
        "custom_statuses",
        "idea_categories",
        "identities",
        "mailbox_accounts",
        "mailboxes",
        "oauth_tokens",
        "periodic_tasks",
        "server_rests",
        "setting_overrides",
        "takeovers",
        "teams",
        "webhooks",
    }
)
# Words of Casey's own, and what is made of random bits.
OURS = frozenset(
    {
        "act",
        "claimed_by",
        "digest",
        "events.name",
        "given_answers.headers",
        "inbound_emails.folder",
        "outbound_emails.message_id",
        "posts.source",
        "ratings.score",
        "reference",
        "sandbox_emails.message_id",
        "scopes",
        "sha256",
        "subject_table",
        "time_zone",
    }
)
