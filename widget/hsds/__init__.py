"""The published offerings for other directories: a read-only API after Open Referral's HSDS 3.1, under /hsds/."""

from flask import Blueprint

from widget.hsds.answers import open_to_all
from widget.hsds.organizations import organizations
from widget.hsds.service_at_locations import service_at_locations
from widget.hsds.services import services
from widget.hsds.taxonomies import taxonomies
from widget.hsds.version import version

hsds = Blueprint("hsds", __name__, url_prefix="/hsds")
for part in (version, services, organizations, taxonomies, service_at_locations):
    hsds.register_blueprint(part)
hsds.after_app_request(open_to_all)

__all__ = ["hsds"]
