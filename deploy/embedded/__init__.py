"""Everything on one machine, as child processes: a real PostgreSQL, a real Kafka-protocol broker, and the four services.

`python -m deploy.embedded` runs it until Ctrl-C. Tests start the same `Stack` with ports and a folder of their own:

    async with Stack(tmp_path, ports=Ports.free()) as stack:
        await httpx.AsyncClient().get(f"{stack.url('portal')}/ready")
"""
