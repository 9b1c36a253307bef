"""What a process says of itself, made up."""

from __future__ import annotations

BEFORE = """
mot_cua_step_seconds_count{step="keep",channel="telegram"} 100
mot_cua_replies_total{channel="telegram",status="answered"} 90
mot_cua_replies_total{channel="web",status="not_found"} 5
mot_cua_answered_seconds_bucket{channel="telegram",le="0.5"} 90
mot_cua_answered_seconds_bucket{channel="telegram",le="1.0"} 90
mot_cua_answered_seconds_bucket{channel="telegram",le="+Inf"} 90
mot_cua_send_errors_total{channel="telegram",error="wait"} 2
mot_cua_errors_logged_total{event="store_write_failed"} 40
mot_cua_errors_logged_total{event="job_failed"} 1
mot_cua_loop_lag_seconds_bucket{le="0.01"} 0
mot_cua_loop_lag_seconds_bucket{le="+Inf"} 0
"""
NOW = """
mot_cua_step_seconds_count{step="keep",channel="telegram"} 120
mot_cua_replies_total{channel="telegram",status="answered"} 110
mot_cua_replies_total{channel="web",status="not_found"} 6
mot_cua_answered_seconds_bucket{channel="telegram",le="0.5"} 100
mot_cua_answered_seconds_bucket{channel="telegram",le="1.0"} 110
mot_cua_answered_seconds_bucket{channel="telegram",le="+Inf"} 110
mot_cua_step_seconds_bucket{step="find",channel="web",le="0.01"} 1
mot_cua_step_seconds_bucket{step="find",channel="web",le="+Inf"} 1
mot_cua_send_errors_total{channel="telegram",error="wait"} 3
mot_cua_errors_logged_total{event="store_write_failed"} 40
mot_cua_errors_logged_total{event="job_failed"} 2
mot_cua_errors_logged_total{event="never"} 0
mot_cua_loop_lag_seconds_bucket{le="0.01"} 20
mot_cua_loop_lag_seconds_bucket{le="+Inf"} 20
mot_cua_channel_on{channel="telegram"} 1
mot_cua_channel_on{channel="web"} 1
mot_cua_channel_on{channel="zalo_oa"} 1
mot_cua_waiting{channel="telegram"} 4
mot_cua_token_expires_timestamp_seconds{channel="zalo_oa",token="access"} 1795323600
mot_cua_token_expires_timestamp_seconds{channel="zalo_oa",token="refresh"} 1803013200
mot_cua_store_up 1
mot_cua_catalogue_info{version="2310a9305d26",publication="3"} 1
mot_cua_catalogue_procedures 2785
mot_cua_catalogue_age_days 50
mot_cua_job_last_success_timestamp_seconds{name="digests"} 1795320000
mot_cua_job_last_success_timestamp_seconds{name="forgetting"} 1795312800
mot_cua_job_last_success_timestamp_seconds{name="link_checks"} 0
mot_cua_job_failures_total{name="digests"} 0
mot_cua_job_failures_total{name="link_checks"} 2
process_resident_memory_bytes 220200960
"""
AT = 1795320000.0
"""The moment of `NOW`: 22 November 2026, 04:00 UTC."""
