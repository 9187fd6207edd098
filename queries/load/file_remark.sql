-- @name    file_remark
-- @title   What the readers of files remarked, each sentence once
-- @column  remark VARCHAR a sentence

select remark,
from file_remark
group by remark
order by min(rowid)
