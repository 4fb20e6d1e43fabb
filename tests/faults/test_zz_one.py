import time, pytest
from tests.faults.conftest import new_rig
from tests.faults.letters import shipped
from tests.faults.rig import Rig
from tests.faults.waiting import until
from tests.faults.workspace import FLAGSHIP
async def test_one(new_rig):
  for case in ("call.acted:2","call.recorded:1","call.intended:4"):
    t=time.monotonic(); 
    def lap(w): print(f"{time.monotonic()-t:6.2f} {w}")
    rig = await new_rig(); lap("rig")
    rig.workspace.add_flagship(**{"wait: 1m": "wait: 1s"}); await rig.apply(); lap("applied")
    w = await rig.worker(crash=case); lap("worker ready")
    await rig.watching(); lap("watching")
    rig.world.mailbox.deliver(shipped("urgent-ar")); lap("delivered")
    await w.dies(); lap("dead")
    w=await rig.worker(); lap("ready again")
    await until(rig.world.done, "done", within=100); lap("done")
    await rig.ended(FLAGSHIP); lap("ended")
    import psutil; print(psutil.Process(w.process.pid).cpu_times())
    h=(await rig.client()).get_workflow_handle((await rig.runs(FLAGSHIP))[0].id)
    async for e in h.fetch_history_events():
        from temporalio.api.enums.v1 import EventType
        print(e.event_id, e.event_time.ToJsonString()[14:23], EventType.Name(e.event_type)[11:], e.activity_task_scheduled_event_attributes.activity_type.name)
    await rig.close()
