-- @name    memory_limit
-- @title   How much memory may be taken before rows go to the disk
-- @column  most_bytes BIGINT bytes

select parse_formatted_bytes(current_setting('memory_limit')) as most_bytes,
