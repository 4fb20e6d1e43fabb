"""What a run did, for the command line and the pages: one account of it, whether it runs or is long over."""

from wakeel.reports.data import report_data, run_data, run_url
from wakeel.reports.gathering import Report, report
from wakeel.reports.steps import StepRow, rows
from wakeel.reports.waiting import Waiting

__all__ = ["Report", "StepRow", "Waiting", "report", "report_data", "rows", "run_data", "run_url"]
