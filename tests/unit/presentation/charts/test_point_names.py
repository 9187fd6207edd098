"""Names beside points: on a free side, and none where every side is taken."""

import random

from outcomes.presentation.charts import point_names
from outcomes.presentation.charts.point_names import WIDTHS, sides_of_names


def test_names_cover_neither_each_other_nor_a_point_at_any_width():
    chance = random.Random(3)
    placed = 0
    for _ in range(50):
        points = [(chance.uniform(0.05, 0.95), chance.uniform(0.05, 0.95)) for _ in range(8)]
        names = ["Kestrel Mesa"] * 8
        sides = sides_of_names(points, names, 360)
        placed += sum(side is not None for side in sides)
        for width in WIDTHS:
            boxes = [
                point_names._box(point, name, side, width, 360)
                for point, name, side in zip(points, names, sides, strict=True)
                if side
            ]
            for place, box in enumerate(boxes):
                assert 0 <= box[0] < box[2] <= width
                assert not any(point_names._overlap(box, other) for other in boxes[place + 1 :])
                inside = [
                    (x, y)
                    for x, y in points
                    if box[0] < x * width < box[2] and box[1] < y * 360 < box[3]
                ]
                assert not inside
    # Nine of ten have room.
    assert placed > 0.9 * 400


def test_a_name_without_room_is_left_out_and_the_first_in_the_list_is_placed_first():
    points = [(0.5, 0.5)] * 12
    sides = sides_of_names(points, ["A program with a long name"] * 12, 360)
    assert sides[0] is not None
    assert sides[-1] is None
