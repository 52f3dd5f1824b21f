"""What can be wrong on Kayako's wire, by the vendor's codes: his words."""

from collections.abc import Mapping

MESSAGES: Mapping[str, str] = {
    "FIELD_REQUIRED": "This action requires the field to be specified",
    "FIELD_INVALID": "The value of the field is invalid",
    "FIELD_DUPLICATE": "The value of the field is already used for another resource",
    "FIELD_EMPTY": "The value of the field cannot be empty",
    "ANY_FIELD_REQUIRED": "This action requires any of the related fields to be specified",
    "RESOURCE_ACTION_NOT_AVAILABLE": (
        "Not supported method, misspelled action name or action is not available for the resource"
    ),
    "AUTHENTICATION_FAILED": "Used authentication credentials are invalid or signature verification failed",
    "AUTHORIZATION_REQUIRED": "To perform this action you need to be authorized",
    "PERMISSIONS_DENIED": "The action is not permitted for the user",
    "RESOURCE_NOT_FOUND": "The resource does not exist",
    "METHOD_NOT_SUPPORTED": "HTTP method is not supported or is not allowed for the resource",
    "RESOURCE_MODIFIED": "The resource has been modified",
    "RATE_LIMIT_REACHED": "The rate limit for this action was reached",
    "SESSION_LOADING_FAILED": "The server failed to load the session",
    "NOT_ALLOWED": "The action is not allowed in the present state of the resource",
    "ACTION_FAILED": "The action failed",
}
