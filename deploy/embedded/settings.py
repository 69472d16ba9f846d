"""What `make run` can be told by the environment. The services' own settings are in `shared.runtime.environment`."""
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from deploy.embedded.broker import Kind
from deploy.embedded.ports import Ports, any_free, is_free

if TYPE_CHECKING:
    from deploy.sample.sample import Sample

Port = Annotated[int, Field(ge=1, le=65535)]
USUAL_KAFKA = 9092
FROM_BROKER = Field(validation_alias=AliasChoices("ALONGSIDE_BROKER", "BROKER"))


class Settings(BaseSettings):
    """Each is ALONGSIDE_ and the name in capitals."""

    model_config = SettingsConfigDict(env_prefix="ALONGSIDE_", frozen=True, extra="ignore", hide_input_in_errors=True)

    state: Path = Path("var")
    portal_port: Port = 8000
    registry_port: Port = 8001
    matcher_port: Port = 8002
    notifier_port: Port = 8003
    kafka_port: Port | None = None
    """None: 9092, or any free one where that is taken."""
    broker: Annotated[Literal["embedded", "kafka"], FROM_BROKER] = "embedded"
    sample: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")] = "leicester"
    """The council whose sample is loaded, or `none`."""
    sample_pas: Annotated[int, Field(ge=1, le=100_000)] = 200
    sample_plans: Annotated[int, Field(ge=1, le=20_000)] = 40
    sample_seed: int = 7

    @property
    def ports(self) -> Ports:
        kafka = self.kafka_port or (USUAL_KAFKA if is_free(USUAL_KAFKA) else any_free(1)[0])
        return Ports(self.portal_port, self.registry_port, self.matcher_port, self.notifier_port, kafka)

    @property
    def broker_kind(self) -> Kind:
        return "apache" if self.broker == "kafka" else "embedded"

    def chosen_sample(self) -> "Sample":
        from deploy.sample.sample import Sample, fresh_day

        return Sample(self.sample, pas=self.sample_pas, plans=self.sample_plans, seed=self.sample_seed, day=fresh_day())
