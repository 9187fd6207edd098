"""The council packet: chosen questions of a selection as a printed document, slides and a workbook, from exhibits."""
