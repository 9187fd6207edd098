-- @name  note_remark
-- @title Keep what the reader of a workbook remarked

insert into file_remark by name
select remark,
from workbook_remark
