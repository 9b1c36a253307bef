-- The log of changes is only added to: the database itself refuses anything else, as SQLite's file does.
-- judged safe: no version of the program changes or deletes a line of the log
-- left out: where the engine has no triggers (docs/operations.md says what to do there)
create function staff_log_is_only_added_to() returns trigger language plpgsql as $$
begin
    raise exception 'the log of changes is only added to';
end
$$;
create trigger staff_log_no_change before update or delete on staff_log
    for each row execute function staff_log_is_only_added_to();
