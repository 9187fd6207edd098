"""The growth page in a real browser: the slider by keyboard, the map on a phone, the copied sentence."""

from playwright.sync_api import Page, expect
from settled import PHONE, open_settled, settle

ADDRESS = "/growth_across_states"


def test_the_slider_works_by_keyboard(demo_server: str, tab: Page):
    open_settled(tab, demo_server + ADDRESS)
    sentence = tab.locator(".st-key-ro-sentence-growth")
    expect(sentence).to_contain_text("93 community responder programs in 29 states and DC")
    slider = tab.get_by_role("slider", name="Month")
    slider.focus()
    expect(slider).to_have_attribute("aria-valuetext", "Nov 2026")
    for _ in range(12):
        tab.keyboard.press("ArrowLeft")
        tab.wait_for_timeout(60)
    # A slow machine may take several steps at once: the page has to be of the month at which the slider stands.
    settle(tab)
    month = slider.get_attribute("aria-valuetext") or ""
    assert month != "Nov 2026"
    expect(sentence).to_contain_text(f"were active in {month}", timeout=15_000)
    settle(tab)
    assert "month=20" in tab.url
    expect(tab.get_by_test_id("stMain")).to_contain_text(f"{month}: ")


def test_the_map_is_readable_on_a_phone(demo_server: str, contexts):
    tab = contexts("light", PHONE).new_page()
    open_settled(tab, demo_server + ADDRESS)
    tiles = tab.locator(".ro-tile")
    expect(tiles).to_have_count(51)
    california = tiles.filter(has_text="CA")
    box = california.bounding_box()
    assert box
    assert box["width"] >= 26
    assert abs(box["width"] - box["height"]) < 2
    size = california.evaluate("tile => parseFloat(getComputedStyle(tile).fontSize)")
    assert size >= 10
    grid = tab.locator(".ro-grid").bounding_box()
    assert grid
    assert grid["x"] + grid["width"] <= PHONE
    tab.close()


def test_the_citation_is_copied_and_the_chart_is_taken_away(demo_server: str, tab: Page):
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_settled(tab, demo_server + ADDRESS)
    tab.get_by_role("button", name="Citation, to copy").first.click()
    expect(tab.get_by_text("Copied", exact=True)).to_be_visible()
    tab.get_by_role("button", name="Image or slide").first.click()
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="SVG").first.click()
    assert waiting.value.suggested_filename == (
        "registry-of-programs-growth-by-month-programs-active-nov-2026.svg"
    )
    drawn = waiting.value.path().read_text(encoding="utf-8")
    assert "<title" in drawn
    assert "Community responder programs active by month" in drawn
    copied = tab.evaluate("() => navigator.clipboard.readText()")
    for part in ("93 community responder programs", "8 in 5", ADDRESS, "registry of Nov 2026"):
        assert part in copied
