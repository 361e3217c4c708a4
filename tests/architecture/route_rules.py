"""The rights of every route, as data: who may call it, and a body that reads. A route that is missing here fails the tests.

`EVERYBODY` is every signed-in user, `NOBODY_ASKED` needs no sign-in. Several permissions mean any one of them.
"""

from typing import Any, NamedTuple

EVERYBODY = "everybody"
NOBODY_ASKED = "nobody asked"
FILE = "a file"
ID = "01930000-0000-7000-8000-000000000001"
SURVEY = {"title": "新", "pages": [{"elements": [{"type": "comment", "name": "q", "title": "新"}]}]}
LABEL = {"zh": "新", "en": "New"}


class Rule(NamedTuple):
    """Who may call a route, with what body, and where the permission is asked if not in the route's own function."""

    permissions: tuple[str, ...]
    body: Any = None
    asked_in: str = ""


def _rule(permission: str, body: Any = None, asked_in: str = "") -> Rule:
    return Rule((permission,), body, asked_in)


_TERMS = {"legal_basis": "consent", "channels": ["sms"], "retention_days": 365, "notice": "告知内容"}
_READ, _CORRECT, _IMPORT = "customer.read", "customer.correct", "import.run"
_ROLE_READERS = ("role.manage", "user.manage", "access.explain", "audit.read")
_TRAIT = {
    "key": "logins", "name": LABEL, "used_for": "测试",
    "definition": {"event": "登录", "aggregate": "count", "within": {"last_days": 30}},
}  # fmt: skip
_PURCHASES = {"purchases": [{"event": "消费", "amount": "amount"}]}
_RFM = {"key": "value", "name": LABEL, "used_for": "测试", "purpose": "care", "definition": _PURCHASES}
_STAGES = {
    "stages": [
        {"key": "known", "name": LABEL, "when": {"all": []}},
        {"key": "active", "name": LABEL, "when": {"event": "登录", "within": {"last_days": 90}}},
    ]
}
_LIFECYCLE = {"key": "life", "name": LABEL, "used_for": "测试", "purpose": "care", "definition": _STAGES}
_BOARD = {"name": "新", "cards": [{"card": "customers_total"}]}
_MATCH_READERS = ("match.manage", "review.decide")

_TEMPLATES = "kehu.engage.templates.operations"
_FUNNEL = {
    "purpose": "care", "definition": {"steps": [{"event": "登录"}, {"event": "申购"}], "in_hours": 168},
}  # fmt: skip
_RETENTION = {"purpose": "care", "definition": {"begin": {"event": "登录"}, "unit": "month"}}
_OFFER = {"purpose": "care", "eligibility": {"all": []}}
_SAVING = "kehu.analyze.segments.saved.operations.create_segment"

_TAGS = "kehu.flows.desk.tag_customers"
_LISTS = "kehu.analyze.segments.lists.operations"
_PASTED = {"name": "新", "by": "mobile", "text": "13857101234"}

_CAMPAIGNS = "kehu.engage.campaigns.operations"
_CAMPAIGN = {"name": "新", "segment_id": ID, "account": "smtp", "variants": [{"version": ID}]}
_GUIDES, _RECORDS = "kehu.engage.interviews.guides", "kehu.engage.interviews.records"
_TALKS = "kehu.flows.engage.interviews"
_WRITTEN = {"revision": 1, "held_at": "2026-01-05T09:00:00Z"}
_ACCOUNTS = "kehu.engage.channels.accounts"
_CHANNEL = {
    "name": "邮件",
    "settings": {"host": "mail.example.com", "from_address": "a@hengchuan.example"},
}

RULES: dict[str, Rule] = {
    "get_health": _rule(NOBODY_ASKED),
    "get_me": _rule(EVERYBODY),
    "update_me": _rule(EVERYBODY, {"language": "en"}),
    "get_today": _rule(EVERYBODY),
    "list_segment_moves": _rule("segment.read"),
    "list_sources": _rule(EVERYBODY),
    "create_source": _rule("source.manage", {"key": "new", "name": "新系统", "kind": "file", "trust": 50}),
    "renew_write_key": _rule("source.manage"),
    "update_source": _rule("source.manage", {"trust": 60}),
    "create_import": _rule(_IMPORT, FILE),
    "list_imports": _rule(_IMPORT),
    "get_import": _rule(_IMPORT),
    "list_import_proposals": _rule(_IMPORT),
    "update_import_reading": _rule(_IMPORT, {}),
    "save_import_mapping": _rule(_IMPORT, {"mapping": {}}),
    "get_import_template": _rule(_IMPORT),
    "run_import": _rule(_IMPORT, {}),
    "cancel_import": _rule(_IMPORT),
    "resume_import": _rule(_IMPORT),
    "preview_import_revert": _rule("import.revert"),
    "revert_import": _rule("import.revert", {}),
    "get_import_errors": _rule(_IMPORT),
    "list_customers": _rule(_READ),
    "search_customers": _rule(_READ, {"q": "沈"}),
    "lookup_customer": _rule("customer.lookup", {"kind": "mobile", "value": "13857101234"}),
    "create_customer": _rule(_CORRECT, {"party": "p", "values": {"name": "沈静仪"}}),
    "check_customer": _rule(_CORRECT, {"values": {"name": "沈静仪"}}),
    "get_customer": _rule(_READ),
    "correct_customer": _rule(_CORRECT, {"values": {"name": "沈静仪"}}),
    "record_contact": _rule("customer.contact", {"kind": "call", "text": "回访"}),
    "list_tags": _rule(_READ),
    "create_tag": _rule("tag.manage", {"name": "重点"}, f"{_TAGS}.create_tag"),
    "update_tag": _rule("tag.manage", {"name": "重点"}, f"{_TAGS}.change_tag"),
    "tag_customers": _rule("customer.tag", {"customers": [ID]}, f"{_TAGS}.put_on"),
    "untag_customers": _rule("customer.tag", {"customers": [ID]}, f"{_TAGS}.take_off"),
    "list_customer_tags": _rule(_READ),
    "list_relationships": _rule(_READ),
    "create_relationship": _rule(_CORRECT, {"other_id": ID, "role": "spouse"}),
    "end_relationship": _rule(_CORRECT),
    "get_customer_timeline": _rule(_READ),
    "list_customer_records": _rule(_READ),
    "get_customer_why": _rule(_READ),
    "get_customer_history": _rule(_READ),
    "reveal_customer": _rule(
        "customer.reveal", {"fields": ["mobile"], "reason": "核对"}, "kehu.flows.desk.reveal.reveal"
    ),
    "export_customer": _rule("customer.export", asked_in="kehu.flows.export_customer.export_customer"),
    "erase_customer": _rule(
        "customer.erase", {"reason": "本人要求"}, "kehu.flows.erase_customer.erase_customer"
    ),
    "list_live_events": _rule("event.inspect"),
    "list_quarantined_events": _rule("event.inspect"),
    "replay_quarantined_event": _rule("event.inspect"),
    "drop_quarantined_event": _rule("event.inspect"),
    "list_reviews": _rule("review.decide"),
    "decide_review": _rule("review.decide", {"decision": "same"}),
    "reopen_review": _rule("review.decide"),
    "list_identifier_kinds": Rule(_MATCH_READERS, asked_in="kehu.api.matching.require_reader"),
    "update_identifier_kind": _rule("match.manage", {"limit": 3}),
    "list_blocked_values": _rule("match.manage"),
    "add_blocked_value": _rule("match.manage", {"kind": "mobile", "text": "13712345678"}),
    "try_blocked_value": _rule("match.manage", {"kind": "mobile", "value": "13712345678"}),
    "remove_blocked_value": _rule("match.manage"),
    "list_units": _rule(EVERYBODY),
    "create_unit": _rule("unit.manage", {"code": "new", "name": "新支行"}),
    "update_unit": _rule("unit.manage", {"name": "新名称"}),
    "list_users": Rule(_ROLE_READERS, asked_in="kehu.api.govern.roles.require_reader"),
    "create_user": _rule(
        "user.manage", {"email": "a@b.example", "name": "新", "password": "a-long-quiet-evening"}
    ),
    "get_user": _rule("user.manage"),
    "update_user": _rule("user.manage", {"name": "新"}),
    "list_my_tokens": _rule(EVERYBODY),
    "create_my_token": _rule(EVERYBODY, {"name": "报表"}),
    "delete_my_token": _rule(EVERYBODY),
    "list_roles": Rule(_ROLE_READERS, asked_in="kehu.api.govern.roles.require_reader"),
    "list_rights": Rule(_ROLE_READERS, asked_in="kehu.api.govern.roles.require_reader"),
    "create_role": _rule("role.manage", {"key": "new_role", "label": LABEL}),
    "update_role": _rule("role.manage", {"label": LABEL}),
    "list_fields": _rule(EVERYBODY),
    "create_field": _rule(
        "field.manage", {"key": "new_field", "label": LABEL, "section": "background", "standard": "text"}
    ),
    "update_field": _rule("field.manage", {"position": 10}),
    "list_standards": _rule(EVERYBODY),
    "list_purposes": _rule(EVERYBODY),
    "get_purpose_vocabulary": _rule(EVERYBODY),
    "get_purpose": _rule(EVERYBODY),
    "create_purpose": _rule(
        "purpose.manage",
        {"key": "new", "name": "新目的", **_TERMS},
        "kehu.govern.purposes.operations.create_purpose",
    ),
    "publish_purpose_version": _rule(
        "purpose.manage", _TERMS, "kehu.govern.purposes.operations.publish_version"
    ),
    "update_purpose": _rule(
        "purpose.manage", {"is_active": False}, "kehu.govern.purposes.operations.update_purpose"
    ),
    "list_templates": _rule("template.manage"),
    "get_template_vocabulary": _rule("template.manage"),
    "check_template": _rule("template.manage", {"purpose": "care", "subject": "新"}),
    "preview_template": _rule("template.manage", {"purpose": "care", "subject": "新"}),
    "send_test_of_template": _rule(
        "template.manage",
        {"purpose": "care", "subject": "新", "account": "smtp"},
        "kehu.engage.templates.trial.send_trial",
    ),
    "create_template": _rule(
        "template.manage", {"name": "新", "purpose": "care", "subject": "新"}, f"{_TEMPLATES}.create_template"
    ),
    "get_template": _rule("template.manage"),
    "update_template": _rule("template.manage", {"name": "新"}, f"{_TEMPLATES}.change_template"),
    "add_template_version": _rule("template.manage", {"subject": "新"}, f"{_TEMPLATES}.add_version"),
    "get_dashboard_catalog": _rule("dashboard.read"),
    "get_dashboard_card": _rule("dashboard.read"),
    "list_dashboard_customers": _rule("dashboard.read"),
    "export_dashboard_card": _rule("dashboard.read", {}),
    "ask_funnel": _rule("segment.read", _FUNNEL),
    "list_funnel_customers": _rule("segment.read", {**_FUNNEL, "step": 1}),
    "export_funnel": _rule("segment.read", _FUNNEL),
    "ask_retention": _rule("segment.read", _RETENTION),
    "list_retention_customers": _rule("segment.read", {**_RETENTION, "cohort": "2026-11-01"}),
    "export_retention": _rule("segment.read", _RETENTION),
    "get_segment_schema": _rule("segment.read"),
    "get_segment_vocabulary": _rule("segment.read"),
    "list_event_properties": _rule("segment.read"),
    "tell_segment": _rule("segment.read", {"definition": {"all": []}}),
    "list_segments": _rule("segment.read"),
    "create_segment": _rule(
        "segment.manage", {"name": "新", "purpose": "care", "definition": {"all": []}}, _SAVING
    ),
    "get_segment": _rule("segment.read"),
    "update_segment": _rule("segment.manage", {"name": "新"}, _SAVING.replace("create", "change")),
    "list_segment_members": _rule("segment.read"),
    "get_segment_profile": _rule("segment.read"),
    "explain_segment": _rule("segment.read"),
    "list_segments_of_customer": _rule("segment.read"),
    "list_segment_sizes": _rule("segment.read"),
    "count_segment_steps": _rule("segment.read", {"purpose": "care", "definition": {"all": []}}),
    "sample_segment": _rule("segment.read", {"purpose": "care", "definition": {"all": []}}),
    "divide_segment": _rule("segment.read", {"purpose": "care", "definition": {"all": []}}),
    "overlap_segments": _rule("segment.read", {"segment_ids": [ID, ID]}),
    "list_segment_snapshots": _rule("segment.read"),
    "take_segment_snapshot": _rule("segment.manage", {"name": "新"}),
    "list_customer_lists": _rule("segment.read"),
    "list_ways_of_lists": _rule("segment.manage"),
    "create_customer_list": _rule("segment.manage", _PASTED, f"{_LISTS}.create_list"),
    "change_customer_list": _rule("segment.manage", _PASTED, f"{_LISTS}.change_list"),
    "update_customer_list": _rule("segment.manage", {"name": "新"}, f"{_LISTS}.keep_list"),
    "read_list_columns": _rule("segment.manage", FILE),
    "upload_customer_list": _rule("segment.manage", FILE),
    "export_segment": _rule("segment.export", {"reason": "核对"}),
    "list_campaigns": _rule("campaign.read"),
    "create_campaign": _rule("campaign.manage", _CAMPAIGN, f"{_CAMPAIGNS}.create_campaign"),
    "get_campaign": _rule("campaign.read"),
    "update_campaign": _rule("campaign.manage", _CAMPAIGN, f"{_CAMPAIGNS}.change_campaign"),
    "submit_campaign": _rule("campaign.manage", None, f"{_CAMPAIGNS}.submit"),
    "approve_campaign": _rule("campaign.approve", {"approve": True}, f"{_CAMPAIGNS}.decide"),
    "start_campaign": _rule("campaign.manage", None, f"{_CAMPAIGNS}.start"),
    "pause_campaign": _rule("campaign.manage", None, f"{_CAMPAIGNS}.pause"),
    "stop_campaign": _rule("campaign.manage", None, f"{_CAMPAIGNS}.stop"),
    "get_campaign_results": _rule("campaign.read"),
    "list_campaign_recipients": _rule("campaign.read"),
    "get_campaign_outlook": _rule("campaign.read", {"segment_id": ID, "account": "smtp"}),
    "list_campaign_messages": _rule("campaign.read"),
    "get_contact_standing": _rule(_READ),
    "get_campaign_sample_size": _rule("campaign.read"),
    "list_contacts_of_customer": _rule("customer.read"),
    "list_traits": _rule("segment.read"),
    "list_trait_aggregates": _rule("segment.read"),
    "preview_trait": _rule("trait.manage", {"purpose": "care", "definition": _TRAIT["definition"]}),
    "create_trait": _rule("trait.manage", _TRAIT, asked_in="kehu.analyze.traits.operations.create_trait"),
    "get_trait": _rule("segment.read"),
    "change_trait": _rule(
        "trait.manage", {"is_active": True}, asked_in="kehu.analyze.traits.operations.change_trait"
    ),
    "list_rfm_models": _rule("segment.read"),
    "list_standard_tiers": _rule("segment.read"),
    "preview_rfm": _rule("trait.manage", {"purpose": "care", "definition": _PURCHASES}),
    "create_rfm": _rule("trait.manage", _RFM, asked_in="kehu.analyze.rfm.operations.create_rfm"),
    "get_rfm": _rule("segment.read"),
    "change_rfm": _rule(
        "trait.manage", {"is_active": True}, asked_in="kehu.analyze.rfm.operations.change_rfm"
    ),
    "refresh_rfm": _rule("trait.manage", asked_in="kehu.analyze.modeling.operations.ask_anew"),
    "get_rfm_result": _rule("segment.read"),
    "get_rfm_moves": _rule("segment.read"),
    "list_rfm_customers": _rule(_READ),
    "list_lifecycles": _rule("segment.read"),
    "list_standard_lifecycles": _rule("segment.read"),
    "preview_lifecycle": _rule("trait.manage", {"purpose": "care", "definition": _STAGES}),
    "create_lifecycle": _rule(
        "trait.manage", _LIFECYCLE, asked_in="kehu.analyze.lifecycle.operations.create_lifecycle"
    ),
    "get_lifecycle": _rule("segment.read"),
    "change_lifecycle": _rule(
        "trait.manage", {"is_active": True}, asked_in="kehu.analyze.lifecycle.operations.change_lifecycle"
    ),
    "refresh_lifecycle": _rule("trait.manage", asked_in="kehu.analyze.modeling.operations.ask_anew"),
    "get_lifecycle_stages": _rule("segment.read"),
    "get_lifecycle_moves": _rule("segment.read"),
    "get_lifecycle_times": _rule("segment.read"),
    "get_lifecycle_trend": _rule("segment.read"),
    "list_lifecycle_customers": _rule(_READ),
    "list_customer_lifecycles": _rule(_READ),
    "list_customer_traits": _rule(_READ),
    "count_segment": _rule("segment.read", {"purpose": "care", "definition": {"all": []}}),
    "list_surveys": _rule("survey.read"),
    "create_survey": _rule(
        "survey.manage", {"name": "新", "definition": SURVEY}, "kehu.engage.surveys.operations.create_survey"
    ),
    "get_survey": _rule("survey.read"),
    "update_survey": _rule("survey.manage", {"name": "新"}, "kehu.engage.surveys.operations.update_survey"),
    "list_survey_versions": _rule("survey.read"),
    "publish_survey": _rule("survey.manage", asked_in="kehu.engage.surveys.operations.publish_survey"),
    "close_survey": _rule("survey.manage", asked_in="kehu.engage.surveys.operations.close_survey"),
    "get_survey_results": _rule("survey.read"),
    "get_survey_results_by_segment": Rule(("survey.read", "segment.read")),
    "get_survey_qr": _rule("survey.read"),
    "invite_to_survey": _rule(
        "survey.invite", {"customer_ids": [ID], "purpose": "care"}, "kehu.flows.engage.surveys.invite.invite"
    ),
    "list_survey_invitations": _rule("survey.read"),
    "export_survey_invitations": _rule("survey.invite"),
    "export_survey_answers": _rule(
        "survey.export", asked_in="kehu.flows.engage.surveys.export_answers.export_answers"
    ),
    "import_survey_answers": _rule("survey.manage", FILE),
    "try_survey_import": _rule("survey.manage", FILE),
    "list_interview_guides": _rule("survey.read"),
    "create_interview_guide": _rule(
        "survey.manage", {"name": "新", "definition": SURVEY}, f"{_GUIDES}.create_guide"
    ),
    "get_interview_guide": _rule("survey.read"),
    "update_interview_guide": _rule("survey.manage", {"name": "新"}, f"{_GUIDES}.update_guide"),
    "publish_interview_guide": _rule("survey.manage", asked_in=f"{_GUIDES}.publish_guide"),
    "close_interview_guide": _rule("survey.manage", asked_in=f"{_GUIDES}.close_guide"),
    "list_interview_records": _rule("survey.read"),
    "get_interview_results": _rule("survey.read"),
    "export_interviews": _rule("survey.export", asked_in=f"{_TALKS}.export_interviews.export_interviews"),
    "list_customer_interviews": _rule("survey.read"),
    "begin_interview": _rule(
        "customer.contact", {"guide_id": ID, "customer_id": ID}, f"{_TALKS}.hold_interview.begin_interview"
    ),
    "get_interview": _rule("survey.read"),
    "keep_interview": _rule("customer.contact", _WRITTEN, f"{_RECORDS}.keep"),
    "finish_interview": _rule("customer.contact", _WRITTEN, f"{_TALKS}.hold_interview.finish_interview"),
    "discard_interview": _rule("customer.contact", asked_in=f"{_RECORDS}.discard"),
    "list_survey_uploads": _rule("survey.export"),
    "open_survey_upload": _rule("survey.export"),
    "list_tasks": _rule("task.work"),
    "create_task": _rule(
        "task.work", {"customer_id": ID, "title": "回访"}, "kehu.flows.desk.plan_task.plan_task"
    ),
    "update_task": _rule("task.work", {"note": "已致电"}, "kehu.relate.tasks.work.work_on"),
    "read_survey_form": _rule(NOBODY_ASKED, {"token": "x"}),
    "save_survey_part": _rule(NOBODY_ASKED, {"token": "x", "data": {}}),
    "answer_survey": _rule(NOBODY_ASKED, {"token": "x", "data": {}, "version": 1}),
    "list_offers": _rule("offer.read"),
    "create_offer": _rule(
        "offer.manage",
        {"key": "new", "name": LABEL, "reason": LABEL, **_OFFER},
        "kehu.engage.recommendations.operations.create_offer",
    ),
    "count_offer": _rule("offer.manage", _OFFER),
    "try_offer": _rule("offer.manage", {"customer_id": ID, **_OFFER}),
    "list_offers_for_customer": _rule("offer.read"),
    "show_offers_to_customer": _rule("offer.read", {}),
    "update_offer": _rule("offer.manage", {"priority": 10}),
    "record_offer_outcome": _rule(
        "customer.contact",
        {"customer_id": ID, "outcome": "interested"},
        "kehu.flows.engage.offers.record_outcome.record_outcome",
    ),
    "get_offer_results": _rule("offer.read"),
    "get_customer_consents": _rule(_READ),
    "create_consent_link": _rule("consent.record", asked_in="kehu.flows.consent.consent_link.make_link"),
    "read_own_page": _rule(NOBODY_ASKED, {"token": "x"}),
    "change_own_consent": _rule(NOBODY_ASKED, {"token": "x", "state": "withdrawn"}),
    "record_consent": _rule(
        "consent.record",
        {"purpose": "care", "state": "given"},
        "kehu.flows.consent.change_consent.change_consent",
    ),
    "record_objection": _rule(
        "consent.record", {"state": "objected"}, "kehu.flows.consent.change_consent.change_consent"
    ),
    "list_audit_events": _rule("audit.read"),
    "export_audit_events": _rule("audit.read"),
    "explain_access": _rule("access.explain", {"user_id": 1, "customer_id": ID}),
    "list_boards": _rule("dashboard.read", asked_in="kehu.analyze.dashboards.own.list_boards"),
    "create_board": _rule("dashboard.read", _BOARD, asked_in="kehu.analyze.dashboards.own.create_board"),
    "change_board": _rule(
        "dashboard.read", {"version": 1, "name": "新"}, asked_in="kehu.analyze.dashboards.own.change_board"
    ),
    "delete_board": _rule("dashboard.read", asked_in="kehu.analyze.dashboards.own.delete_board"),
    "list_views": _rule(_READ),
    "create_view": _rule(_READ, {"name": "新", "definition": {}}),
    "update_view": _rule(_READ, {"name": "新"}),
    "delete_view": _rule(_READ),
    "list_channels": _rule("channel.manage"),
    "create_channel": _rule(
        "channel.manage", _CHANNEL | {"key": "mail", "kind": "email"}, f"{_ACCOUNTS}.create_account"
    ),
    "update_channel": _rule("channel.manage", _CHANNEL, f"{_ACCOUNTS}.update_account"),
    "try_channel": _rule("channel.manage"),
    "send_test_message": _rule("channel.manage"),
    "report_bounces": _rule(NOBODY_ASKED, []),
    "list_dead_letters": _rule("channel.manage"),
    "send_dead_letter": _rule(
        "channel.manage", asked_in="kehu.engage.channels.webhook.dead_letters.send_letter"
    ),
    "list_suppressions": _rule("channel.manage", {}),
    "add_suppression": _rule("channel.manage", {"address": "a@example.com", "reason": "来电"}),
    "remove_suppression": _rule("channel.manage", {"reason": "来电"}),
    "import_suppressions": _rule("channel.manage", {"text": ""}),
    "export_suppressions": _rule("channel.manage"),
    "list_sink_mails": _rule("channel.manage"),
    "get_sink_mail": _rule("channel.manage"),
    "read_leaving": _rule(NOBODY_ASKED, {"token": "x"}),
    "leave": _rule(NOBODY_ASKED, {"token": "x"}),
}
