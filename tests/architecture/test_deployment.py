"""The container files, as the tools that will read them read them."""
import json
import os
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.compose_secrets import NAMES, write
from deploy.embedded.settings import Settings
from tests.architecture.tree import ROOT, SERVICES

BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """docker-compose.yml with every variable filled in, as Docker Compose itself understands it."""
    secrets = tmp_path_factory.mktemp("secrets") / ".env"
    write(secrets)
    done = docker_compose("--env-file", str(secrets), "config", "--format", "json", home=secrets.parent)
    assert done.returncode == 0, done.stderr
    services: dict[str, Any] = json.loads(done.stdout)["services"]
    return services


def docker_compose(*arguments: str, home: Path) -> "subprocess.CompletedProcess[str]":
    wheel = find_spec("compose")
    if wheel is None:
        pytest.skip("Docker Compose comes as a wheel for Python 3.11 and 3.12 on x86-64 only; CI has it")
    assert wheel.origin is not None
    program = Path(wheel.origin).with_name("docker-compose")  # its wrapper in bin/ answers 0 whatever happened
    command = [str(program), "--file", str(ROOT / "docker-compose.yml"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={"PATH": os.environ["PATH"], "HOME": str(home)})


def test_the_dockerfile_has_nothing_to_remark() -> None:
    done = subprocess.run([BIN / "hadolint", ROOT / "deploy" / "Dockerfile"], capture_output=True, text=True)

    assert done.returncode == 0, done.stdout


def test_the_four_services_and_what_they_need_are_there(composed: dict[str, Any]) -> None:
    migrations = {f"{service}-migrate" for service in SERVICES}

    assert set(composed) == {*SERVICES, *migrations, "postgres", "databases", "kafka", "topics"}


def test_every_container_has_the_least_it_needs(composed: dict[str, Any]) -> None:
    for name, service in composed.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["user"].split(":")[0] not in ("", "0", "root"), name
        assert not service.get("privileged") and not service.get("cap_add"), name


def test_only_this_machine_can_knock(composed: dict[str, Any]) -> None:
    knocks = {name: [port["host_ip"] for port in service.get("ports", [])] for name, service in composed.items()}

    assert all(host == "127.0.0.1" for hosts in knocks.values() for host in hosts)
    assert {name for name, hosts in knocks.items() if hosts} == set(SERVICES)


def test_images_are_pinned(composed: dict[str, Any]) -> None:
    tags = {service["image"].partition(":")[2] for service in composed.values() if "image" in service}

    assert tags and all(tag not in ("", "latest") and any(sign.isdigit() for sign in tag) for tag in tags)


def test_what_runs_on_has_a_health_check(composed: dict[str, Any]) -> None:
    assert all("healthcheck" in composed[name] for name in ("postgres", "kafka"))
    assert "HEALTHCHECK" in (ROOT / "deploy" / "Dockerfile").read_text()


def test_there_is_no_password_without_somebody_making_it(tmp_path: Path) -> None:
    nothing = tmp_path / ".env"
    nothing.write_text("")

    done = docker_compose("--env-file", str(nothing), "config", "--quiet", home=tmp_path)

    assert done.returncode != 0
    assert "is missing a value" in done.stderr


def test_secrets_are_made_once_and_for_one_reader(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    write(file)

    assert file.stat().st_mode & 0o777 == 0o600
    assert [line.split("=")[0] for line in file.read_text().splitlines()] == list(NAMES)
    with pytest.raises(FileExistsError):
        write(file)


def test_a_container_is_told_by_the_same_names_as_make_run(composed: dict[str, Any]) -> None:
    """What is tested there is what runs here."""
    told_to_all = {"public_url"}

    for service in SERVICES:
        fields = import_module(f"services.{service}.settings").Settings.model_fields
        told = {name.removeprefix("ALONGSIDE_").lower() for name in composed[service]["environment"]}
        needed = {name for name, field in fields.items() if field.is_required()}

        assert told - told_to_all <= set(fields), service
        assert needed <= told, service


def test_a_container_never_offers_the_try_out_sign_in(composed: dict[str, Any]) -> None:
    assert not [name for name, service in composed.items() if "ALONGSIDE_TRY_OUT_SIGN_IN" in (service.get("environment") or {})]


def test_a_service_is_never_given_the_migrators_password(composed: dict[str, Any]) -> None:
    for service in SERVICES:
        assert "ALONGSIDE_MIGRATOR_URL" not in composed[service]["environment"]


def test_kafka_in_a_container_behaves_as_ours_does() -> None:
    from deploy.kafka.apache import Node

    text = (ROOT / "deploy" / "kafka" / "container.properties").read_text()
    container = dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))
    ours = {name: str(value) for name, value in Node(ROOT, 9092, 9093).settings().items()}
    of_the_place = {"listeners", "advertised.listeners", "log.dirs"}

    assert set(container) == set(ours)
    assert {name: value for name, value in container.items() if name not in of_the_place} == {
        name: value for name, value in ours.items() if name not in of_the_place
    }


def test_the_ports_of_the_containers_are_those_of_make_run(composed: dict[str, Any]) -> None:
    usual = {service: Settings.model_fields[f"{service}_port"].default for service in SERVICES}

    assert {service: int(composed[service]["ports"][0]["published"]) for service in SERVICES} == usual


def test_every_container_file_is_yaml_without_surprises() -> None:
    assert yaml.safe_load((ROOT / "docker-compose.yml").read_text())["name"] == "alongside"
