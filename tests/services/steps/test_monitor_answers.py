import pytest

from app.services.steps.monitor_answers import MonitorTiles, Tile, TilePart, TileUnit


def test_a_tile_is_found_by_its_name() -> None:
    part = TilePart("NPA", 5, TileUnit.MONEY, "npa")
    tile = Tile("total_npa_amount", "NPA", TileUnit.MONEY, 5, None, (), "", part, None)
    told = MonitorTiles(None, (tile,))  # type: ignore[arg-type]  # no head is looked at
    assert told.tile("total_npa_amount") is tile
    assert tile.figure == "npa"
    with pytest.raises(KeyError):
        told.tile("gold")
