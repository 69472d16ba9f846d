"""What the portal is told from outside."""
from typing import Annotated

from pydantic import Field

from shared.runtime import environment

Address = Annotated[str, Field(pattern=r"^https?://[^\s/]+(:\d+)?/?$")]


class Settings(environment.Settings):
    port: Annotated[int, Field(ge=1, le=65535, description="The port to listen on")] = 8000
    registry_url: Annotated[Address, Field(description="Where the registry answers")] = "http://127.0.0.1:8001"
    matcher_url: Annotated[Address, Field(description="Where the matcher answers")] = "http://127.0.0.1:8002"
    notifier_url: Annotated[Address, Field(description="Where the notifier answers")] = "http://127.0.0.1:8003"
    public_url: Annotated[str, Field(pattern=r"^https?://", description="The portal's address as people see it")] = "http://127.0.0.1:8000"
    try_out_sign_in: Annotated[
        bool, Field(description="True: anybody may sign in as anybody. Only for trying out, never for real people")
    ] = False
