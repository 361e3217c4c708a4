"""The API: one object, one router a resource. Token first: the session's CSRF check would refuse every token's POST."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from kehu.api import health, matching, own_page, reviews, today
from kehu.api.analyze import (
    behavior,
    boards,
    customer_lists,
    dashboards,
    lifecycles,
    retention,
    rfm,
    saved_segments,
    segment_parts,
    segment_preview,
    segment_profile,
    segments,
    traits,
)
from kehu.api.collect import events, imports, mappings, sources
from kehu.api.customers import consents, entries, erasures, finding, profiles, views
from kehu.api.customers import interviews as customer_interviews
from kehu.api.customers import lifecycles as customer_lifecycles
from kehu.api.customers import router as customers
from kehu.api.customers import tags as customer_tags
from kehu.api.customers import traits as customer_traits
from kehu.api.edge import errors
from kehu.api.edge.authentication import SessionActor, TokenAuth
from kehu.api.engage import (
    campaign_results,
    campaigns,
    channels,
    offers,
    sink,
    suppressions,
    templates,
    tracking,
)
from kehu.api.engage.interviews import guides as interview_guides
from kehu.api.engage.interviews import records as interview_records
from kehu.api.engage.surveys import by_segment as survey_by_segment
from kehu.api.engage.surveys import files as survey_files
from kehu.api.engage.surveys import invitations as survey_invitations
from kehu.api.engage.surveys import page as survey_page
from kehu.api.engage.surveys import surveys
from kehu.api.engage.surveys import uploads as survey_uploads
from kehu.api.govern import access, audit, fields, me, purposes, roles, units, users
from kehu.api.relate import tasks

PROBLEM = {
    "type": "object",
    "required": ["title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "code": {"type": "string"}, "detail": {"type": "string"}, "request_id": {"type": "string"},
        "fields": {"type": "array", "items": {"type": "object", "additionalProperties": {"type": "string"}}},
    },
}  # fmt: skip
COMMON = {400: "Bad request", 401: "Not signed in", 403: "Not allowed", 404: "Not found", 409: "Conflict",
          413: "Too large", 422: "Not valid", 503: "Not available"}  # fmt: skip


class KehuAPI(NinjaAPI):
    """ninja with the answers that every route may give written into its document."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the document with problem answers at every operation."""
        document = super().get_openapi_schema(**options)
        document["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for path in document["paths"].values():
            for operation in path.values():
                for status, words in COMMON.items():
                    operation["responses"].setdefault(status, {"description": words, "content": content})
        return document


api = KehuAPI(
    title="Kehu", version="1", openapi_url="/openapi.json", docs_url=None, auth=[TokenAuth(), SessionActor()],
    urls_namespace="api",
)  # fmt: skip
errors.install(api)
api.add_router("/health", health.router)
api.add_router("/me", me.router)
api.add_router("/today", today.router)
api.add_router("/sources", sources.router)
api.add_router("/imports", imports.router)
api.add_router("/imports", mappings.router)
api.add_router("/import-template", mappings.template)
api.add_router("/events", events.router)
api.add_router("/reviews", reviews.router)
api.add_router("/identifier-kinds", matching.kinds)
api.add_router("/blocked-values", matching.blocked)
CUSTOMER_PARTS = (
    consents,
    entries,
    erasures,
    finding,
    profiles,
    customer_tags,
    customer_traits,
    customer_lifecycles,
    customer_interviews,
)  # their operations hang on the one router
customers.literal_paths_first()
api.add_router("/customers", customers.router)
api.add_router("/tags", customer_tags.router)
api.add_router("/units", units.router)
api.add_router("/users", users.router)
api.add_router("/roles", roles.router)
api.add_router("/fields", fields.router)
api.add_router("/standards", fields.standards)
api.add_router("/purposes", purposes.router)
SEGMENT_PARTS = (
    saved_segments,
    segment_parts,
    segment_preview,
    segment_profile,
    customer_lists,
)  # their operations hang on the one router
segments.literal_paths_first()
api.add_router("/segments", segments.router)
api.add_router("/dashboards", dashboards.router)
api.add_router("/boards", boards.router)
api.add_router("/funnels", behavior.router)
api.add_router("/retention", retention.router)
CAMPAIGN_PARTS = (campaign_results,)  # its operations hang on the one router
campaigns.literal_paths_first()
api.add_router("/campaigns", campaigns.router)
api.add_router("/templates", templates.router)
api.add_router("/surveys", survey_files.router)
SURVEY_PARTS = (survey_by_segment,)  # its operation hangs on the one router
api.add_router("/surveys", surveys.router)
api.add_router("/surveys", survey_invitations.router)
api.add_router("/surveys", survey_uploads.router)
api.add_router("/interview-guides", interview_guides.router)
api.add_router("/interviews", interview_records.router)
api.add_router("/tasks", tasks.router)
api.add_router("/survey-page", survey_page.router)
api.add_router("/traits", traits.router)
api.add_router("/rfm", rfm.router)
api.add_router("/lifecycles", lifecycles.router)
api.add_router("/offers", offers.router)
api.add_router("/own-page", own_page.router)
api.add_router("/channels", channels.router)
api.add_router("/dead-letters", channels.letters)
api.add_router("/suppressions", suppressions.router)
api.add_router("/sink-mails", sink.router)
api.add_router("/leaving", tracking.router)
api.add_router("/audit", audit.router)
api.add_router("/access", access.router)
api.add_router("/views", views.router)
