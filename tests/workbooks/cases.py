"""The workbooks that import is tried on: each named after its fault or habit.

`taken`: indicator -> what must come of it, "value bound vintage". `problems` and
`questions`: (cell, kind) of each that must be reported, no more and no less.
"""

from dataclasses import dataclass, field

from build import Day, Formula, Percent

HEAD = ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2024", "Ước thực hiện năm 2024"]
FULL = [*HEAD, "% so với kế hoạch"]


@dataclass(frozen=True)
class Case:
    """A workbook and what import must say of it."""

    name: str
    rows: list = field(default_factory=list)
    entries: dict = field(default_factory=dict)  # of our own form
    cover: dict = field(default_factory=dict)
    taken: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    kind: str = "xlsx"
    options: dict = field(default_factory=dict)  # how the file is written
    arguments: tuple = ()  # of the command
    remarks: int = 0
    late: bool = False  # its figures are of the year after

    @property
    def is_form(self) -> bool:
        return bool(self.entries or self.cover)


def sheet(name, *rows, **expected) -> Case:
    """A table as offices send it, under its usual heading."""
    return Case(name, [HEAD, *rows], **expected)


def one(name, indicator, actual, *, unit=None, plan=None, **expected) -> Case:
    """A table of one row: the actual stands in E2."""
    return sheet(name, [1, indicator, unit, plan, actual], **expected)


def form(name, entries, **expected) -> Case:
    """Our own form, filled in for 2024 on 15 December."""
    cover = {"as_of": "15/12/2024", "vintage": "ước"} | expected.pop("cover", {})
    entries = {
        indicator: typed if isinstance(typed, dict) else {"actual": typed}
        for indicator, typed in entries.items()
    }
    return Case(name, entries=entries, cover=cover, **expected)


RICE, AREA, YIELD, POOR = "Sản lượng lúa", "Diện tích lúa", "Năng suất lúa", "Tỷ lệ hộ nghèo"
INSURED = "Tỷ lệ dân số tham gia bảo hiểm y tế"
RICE_2080 = {"rice_output": "2080 exact estimate"}

TABLES = [
    one("plain", RICE, "2.080", taken=RICE_2080),
    one("unit_glued_on", RICE, "2.080tấn", taken=RICE_2080),
    one("number_cell", RICE, 2080, taken=RICE_2080),
    one("number_cell_that_lost_its_dot", RICE, 2.08, taken=RICE_2080, questions=[("E2", "reading")]),
    one("percent_format", INSURED, Percent(0.975), taken={"health_insurance_rate": "97.5 exact estimate"}),
    one("percent_typed_as_a_fraction", INSURED, 0.975, problems=[("E2", "mangled")]),
    one("share_by_a_formula", "Tỷ lệ thôn được đổi tên thành khu phố", Formula("=17/20", 0.85), problems=[("E2", "mangled")]),
    one("all_of_them_by_a_formula", "Tỷ lệ thôn được đổi tên thành khu phố", Formula("=7/7", 1), problems=[("E2", "mangled")]),
    one("share_typed_with_one_decimal", "Tỷ lệ thôn được đổi tên thành khu phố", "0,7", problems=[("E2", "mangled")]),
    one("less_than_one_of_a_hundred_named", "Tỷ lệ thôn được đổi tên thành khu phố", "0,7%", taken={"village_renaming_rate": "0.7 exact estimate"}),
    one("percent_that_lost_its_comma", INSURED, "975", problems=[("E2", "mangled")]),
    one("date_made_of_a_share", "Tỷ lệ thôn, khu phố đạt tiêu chí kiểu mẫu", Day(2024, 10, 10), problems=[("E2", "date")]),
    one("share_of_a_whole", "Tỷ lệ thôn, khu phố đạt tiêu chí kiểu mẫu", "9/10", taken={"model_neighbourhood_rate": "90.0 exact estimate"}, questions=[("E2", "reading")]),
    one("share_of_counted_things", "Tỷ lệ thôn, khu phố đạt tiêu chí kiểu mẫu", "9/10 khu phố", taken={"model_neighbourhood_rate": "90.0 exact estimate"}),
    one("actual_and_plan_of_a_growth", "Tỷ lệ tăng thu ngân sách bình quân hàng năm", "10/12", problems=[("E2", "stroke")]),
    one("no_longer_counted", POOR, "không còn theo dõi", problems=[("E2", "absent")]),
    one("nothing_left_where_it_cannot_be", INSURED, "hết", problems=[("E2", "absent")]),
    one("share_larger_than_its_whole", "Tỷ lệ thôn, khu phố đạt tiêu chí kiểu mẫu", "11/10", problems=[("E2", "share")]),
    one("actual_and_plan_in_one_cell", AREA, "298,5/300ha", taken={"rice_area": "298.5 exact estimate"}),
    one("formula_with_its_value", RICE, Formula("=2000+80", 2080), taken=RICE_2080),
    one("formula_without_a_value", RICE, Formula("=2000+80"), problems=[("E2", "formula")]),
    one("formula_error", RICE, Formula("=1/0", "#DIV/0!"), problems=[("E2", "spreadsheet_error")]),
    one("true_or_false", RICE, True, problems=[("E2", "words")]),
    one("ambiguous_comma_settled_by_its_range", RICE, "3,098", taken={"rice_output": "3098 exact estimate"}, questions=[("E2", "reading")]),
    one("ambiguous_dot", AREA, "1.234", problems=[("E2", "ambiguous")]),
    one("attainment_instead_of_a_level", RICE, "bằng 103,6% KH", problems=[("E2", "attainment")]),
    one("growth_instead_of_a_level", RICE, "tăng 14,03%", problems=[("E2", "growth")]),
    one("change_instead_of_a_level", POOR, "giảm 1,41%/năm", problems=[("E2", "change")]),
    one("level_after_a_fall", POOR, "giảm còn 1%", taken={"poor_household_rate": "1 exact estimate"}),
    one("reduction_counted", "Số hộ nghèo giảm trong năm", "giảm 14 hộ", taken={"poor_households_reduced": "14 exact estimate"}),
    one("no_one_left", POOR, "không còn hộ nghèo", taken={"poor_household_rate": "0 exact estimate"}),
    one("at_least", INSURED, "trên 95%", taken={"health_insurance_rate": "95 lower estimate"}),
    one("nearly", INSURED, "gần 96%", taken={"health_insurance_rate": "96 upper estimate"}),
    one("range", INSURED, "từ 95 đến 96%", taken={"health_insurance_rate": "95 range estimate"}),
    one("two_figures", INSURED, "95% và 96%", problems=[("E2", "two_figures")]),
    one("dash", RICE, "-", problems=[("E2", "nil")]),
    one("cross", RICE, "x", problems=[("E2", "mark")]),
    one("dots_stand_for_nothing", RICE, "…", problems=[("", "empty")]),
    one("slip_of_the_pen", AREA, "298, ha", problems=[("E2", "slip")]),
    one("land_unit_of_the_region", AREA, "5 sào", problems=[("E2", "regional_unit")]),
    one("foreign_unit", AREA, "298 con", problems=[("E2", "unit")]),
    one("scaled_unit_column", RICE, "2,08", unit="nghìn tấn", taken=RICE_2080),
    one("scaled_unit_column_with_a_number", RICE, 2.08, unit="nghìn tấn", taken=RICE_2080),
    one("wrong_unit_column", RICE, "2.080", unit="con", problems=[("C2", "unit")]),
    one("another_script", RICE, "２０８０", problems=[("E2", "script")]),
    one("hidden_character", RICE, "2\u200b.080", problems=[("E2", "hidden")]),
    one("looks_like_a_formula", RICE, "=2000+80", problems=[("E2", "formula")]),
    one("command_in_a_cell", RICE, "@SUM(1;2)", problems=[("E2", "formula")]),
    one("estimate_said_in_the_cell", RICE, "ước đạt 2.080 tấn", taken=RICE_2080),
    one("spaces_that_do_not_break", RICE, "2.080\u00a0tấn", taken=RICE_2080),
    one("composed_otherwise", "Sa\u0309n lu\u031bo\u031b\u0323ng lu\u0301a", "2.080", taken=RICE_2080),
    one("capitals", "SẢN LƯỢNG LÚA", "2.080", taken=RICE_2080),
    one("leading_number", "1.2. Sản lượng lúa", "2.080", taken=RICE_2080),
    one("leading_dash", "- Sản lượng lúa:", "2.080", taken=RICE_2080),
    one("unit_behind_the_name", "Sản lượng lúa (tấn)", "2.080", taken=RICE_2080),
    one("old_tone_placement", "Tỷ lệ gia đình văn hoá", "97,5", taken={"cultural_family_rate": "97.5 exact estimate"}),
    one("name_without_marks", "San luong lua", "2.080", problems=[("B2", "indicator")]),
    one("name_nearly_right", "Sản lượng lúa nước", "2.080", problems=[("B2", "indicator")]),
    one("name_of_nothing", "Số máy bay", "3", problems=[("B2", "indicator")]),
    one("figure_without_a_name", None, "2.080", problems=[("E2", "indicator")]),
    one("out_of_range", RICE, "9.000", taken={"rice_output": "9000 exact estimate"}, questions=[("E2", "implausible")]),
    sheet("twice", [1, RICE, None, None, "2.080"], [2, "Sản lượng lúa", None, None, "2.081"], taken=RICE_2080, problems=[("E3", "twice")]),
    sheet("all_problems_at_once", [1, RICE, None, None, "x"], [2, AREA, None, None, "1.234"], [3, POOR, None, None, "1%"], taken={"poor_household_rate": "1 exact estimate"}, problems=[("E2", "mark"), ("E3", "ambiguous")]),
    sheet("section_rows_and_totals", ["I", "KINH TẾ", None, None, None], [1, RICE, "tấn", None, "2.080"], [None, "Ghi chú cuối bảng", None, None, None], taken=RICE_2080),
    sheet("broken_identity", [1, AREA, "ha", None, "300"], [2, YIELD, "tạ/ha/vụ", None, "60"], [3, RICE, "tấn", None, "2.080"], taken={"rice_area": "300 exact estimate", "rice_yield": "60 exact estimate", **RICE_2080}, questions=[("E4", "identity")]),
    Case("december_file", [FULL, [1, RICE, "tấn", 2000, 2080, 104.0], [2, INSURED, "%", "95,0", "96,5%", "101,6"]], taken={**RICE_2080, "health_insurance_rate": "96.5 exact estimate"}, questions=[("E3", "plan")]),
    Case("attainment_that_does_not_fit", [FULL, [1, RICE, "tấn", 2000, 2080, 120.0]], taken=RICE_2080, questions=[("F2", "attainment")]),
    Case("numbered_columns", [HEAD, ["A", "B", "C", "1", "2"], [1, RICE, "tấn", None, "2.080"]], taken=RICE_2080),
    Case("title_above", [["KẾT QUẢ THỰC HIỆN NĂM 2024"], [], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", None, "2.080"]], taken={"rice_output": "2080 exact final"}, late=True),
    Case("two_years_side_by_side", [["TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2023", "Ước thực hiện năm 2024"], [1, RICE, "tấn", "1.900", "2.080"]], taken=RICE_2080, arguments=("--year", "2024")),
    Case("two_years_and_no_word_which", [["TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2023", "Ước thực hiện năm 2024"], [1, RICE, "tấn", "1.900", "2.080"]], problems=[("", "layout")]),
    Case("no_year_anywhere", [["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", None, "2.080"]], problems=[("", "layout")]),
    Case("merged_heading", [[None, None, None, None, None], ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Ước thực hiện"], [1, RICE, "tấn", "2.000", "2.080"]], taken=RICE_2080, options={"merged": [("D1:E1", "Năm 2024")]}),
    Case("half_a_year_is_no_year", [["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2024", "Thực hiện 6 tháng năm 2024"], [1, RICE, "tấn", "2.000", "1.000"]], problems=[("E1", "layout")]),
    Case("no_table", [["Kính gửi Ủy ban nhân dân"], ["Xin báo cáo như sau"]], problems=[("", "layout")]),
    Case("hidden_row", [HEAD, [1, RICE, "tấn", None, "2.080"]], questions=[("E2", "hidden")], options={"hidden_rows": [2]}),
    Case("csv", [HEAD, ["1", RICE, "tấn", "", "2.080"]], kind="csv", taken=RICE_2080),
    Case("csv_with_a_mark", [HEAD, ["1", RICE, "tấn", "", "2.080"]], kind="csv", taken=RICE_2080, options={"mark": b"\xef\xbb\xbf", "delimiter": ";"}),
    Case("csv_utf16", [HEAD, ["1", RICE, "tấn", "", "2.080"]], kind="csv", taken=RICE_2080, options={"encoding": "utf-16", "delimiter": "\t"}),
    Case("xls", [HEAD, [1, RICE, "tấn", None, "2.080"]], kind="xls", taken=RICE_2080),
    Case("ods", [HEAD, [1, RICE, "tấn", None, "2.080"], [2, INSURED, "%", None, Percent(0.975)]], kind="ods", taken={**RICE_2080, "health_insurance_rate": "97.5 exact estimate"}),
    Case("signatures_below", [HEAD, [1, RICE, "tấn", None, "2.080"], [None, None, None, None, "Vĩnh Lộc, ngày 05 tháng 12 năm 2024"], [None, "Người lập biểu", None, None, "CHỦ TỊCH"], [None, "Lê Thị C", None, None, "Phạm Văn D"]], taken=RICE_2080),
    Case("total_row", [HEAD, [1, RICE, "tấn", None, "2.080"], [None, "Tổng cộng", None, 2000, 2080]], taken=RICE_2080),
    Case("unknown_row_above_the_signatures", [HEAD, [1, RICE, "tấn", None, "2.080"], [2, "Số máy bay", None, None, "3"], [None, "Người lập biểu", None, None, "CHỦ TỊCH"]], taken=RICE_2080, problems=[("B3", "indicator")]),
    Case("two_tables_on_a_sheet", [HEAD, [1, RICE, "tấn", 2000, "2.080"], [], ["II. VĂN HÓA"], ["TT", "Chỉ tiêu", "ĐVT", "TH 2023", "KH 2024", "Ước TH 2024"], [1, INSURED, "%", 95, 97, "97,5"]], taken={**RICE_2080, "health_insurance_rate": "97.5 exact estimate"}),
    Case("two_plans_and_their_percentages", [["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2024", None, "Ước TH năm 2024", "So sánh (%)", None], [None, None, None, "Nghị quyết", "Phấn đấu", None, "TH/NQ", "TH/PĐ"], [1, RICE, "tấn", 2000, 2100, "2.080", 104, 99]], taken=RICE_2080, options={"merged": [("D1:E1", "Kế hoạch năm 2024"), ("G1:H1", "So sánh (%)")]}),
    Case("growth_is_not_attainment", [[*HEAD, "So với năm 2023 (%)"], [1, RICE, "tấn", 2000, "2.080", 109.5]], taken=RICE_2080),
    Case("years_of_a_term_as_numbers", [["TT", "Chỉ tiêu", "ĐVT", "Thực hiện giai đoạn 2022-2024", None, None], [None, None, None, 2022, 2023, 2024], [1, RICE, "tấn", 1900, 1950, 2080]], taken={"rice_output": "2080 exact estimate"}, arguments=("--year", "2024"), options={"merged": [("D1:F1", "Thực hiện giai đoạn 2022-2024")]}),
    Case("a_term_names_no_year", [["KẾT QUẢ THỰC HIỆN NGHỊ QUYẾT NHIỆM KỲ 2020-2025"], ["TT", "Chỉ tiêu", "ĐVT", "TH 2020", "TH 2021", "TH 2022"], [1, RICE, "tấn", 1900, 1950, 2080]], problems=[("", "layout")]),
    Case("a_date_names_no_year", [["Kèm theo Báo cáo số 15/BC-UBND ngày 10/01/2025"], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", 2000, 2080]], problems=[("", "layout")]),
    Case("title_of_another_year", [["KẾT QUẢ NĂM 2023"], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", 2000, 2080]], arguments=("--year", "2024"), problems=[("", "columns")]),
    Case("year_to_come", [["KẾ HOẠCH NĂM 2025"], ["TT", "Chỉ tiêu", "ĐVT", "Ước thực hiện", "Kế hoạch năm 2025"], [1, RICE, "tấn", 2080, 2100]], problems=[("", "layout")]),
    Case("twelve_months_are_a_year", [["TT", "Chỉ tiêu", "ĐVT", "KH năm 2024", "Thực hiện 9 tháng năm 2024", "Ước TH 12 tháng năm 2024"], [1, RICE, "tấn", 2000, 1500, 2080]], taken=RICE_2080),
    Case("last_year_beside_this_one", [["BÁO CÁO NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "TH năm trước", "KH năm nay", "ƯTH năm nay"], [1, RICE, "tấn", 1900, 2000, 2080]], taken=RICE_2080),
    Case("who_and_when_are_no_figures", [["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch thực hiện năm 2024", "Đơn vị thực hiện", "Thời gian thực hiện", "Ước kết quả", "Chênh lệch TH-KH"], [1, RICE, "tấn", 2000, "Ban NN", "Quý IV", 2080, 80]], taken=RICE_2080),
    Case("plan_in_the_group_of_the_actual", [["TT", "Chỉ tiêu", "ĐVT", "Kết quả thực hiện kế hoạch năm 2024", None, None], [None, None, None, "Kế hoạch", "Ước TH", "% so KH"], [1, RICE, "tấn", 2000, 2080, 104]], taken=RICE_2080, options={"merged": [("D1:F1", "Kết quả thực hiện kế hoạch năm 2024")]}),
    Case("names_in_two_columns", [["TT", "Chỉ tiêu", None, "ĐVT", "KH năm 2024", "Ước TH năm 2024"], [1, "Lúa", AREA, "ha", 300, 301], [None, None, RICE, "tấn", 2000, 2080]], taken={"rice_area": "301 exact estimate", **RICE_2080}, options={"merged": [("B1:C1", "Chỉ tiêu")]}),
    Case("numbers_of_columns_in_brackets", [FULL, ["(A)", "(B)", "(C)", "(1)", "(2)", "(3)=(2)/(1)x100"], [1, RICE, "tấn", 2000, 2080, 104]], taken=RICE_2080),
    Case("unit_in_the_corner", [["TÌNH HÌNH THỰC HIỆN NĂM 2024"], [None, None, None, None, "Đơn vị tính: %"], ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Ước thực hiện"], [1, INSURED, "%", 97, 97]], taken={"health_insurance_rate": "97 exact estimate"}),
    one("percent_of_whom", INSURED, "97", unit="% dân số", taken={"health_insurance_rate": "97 exact estimate"}),
    one("unit_behind_the_name_is_converted", RICE + " (tạ)", "20.800", taken=RICE_2080),
    one("unit_behind_the_name_with_its_label", RICE + " (ĐVT: nghìn tấn)", "2,08", taken=RICE_2080),
    one("scale_behind_the_name", "Tổng đàn gia súc (nghìn)", "1,5", taken={"livestock_herd": "1500 exact estimate"}),
    one("area_behind_the_name", "Diện tích lúa (m²)", "3.000.000", taken={"rice_area": "300 exact estimate"}),
    one("percent_behind_the_name_of_another_unit", RICE + " (%)", "98", problems=[("B2", "unit")]),
    one("two_units_that_differ", RICE + " (tạ)", "2.080", unit="tấn", problems=[("B2", "unit")]),
    one("two_units_that_agree", RICE + " (tấn)", "2.080", unit="Tấn", taken=RICE_2080),
    one("part_of_the_town", POOR + " (thôn Đông)", "1", problems=[("B2", "indicator")]),
    one("part_of_the_year", AREA + " (vụ mùa)", "150", problems=[("B2", "indicator")]),
    one("attainment_behind_the_name", INSURED + " (% so với KH)", "98", problems=[("B2", "indicator")]),
    one("attainment_in_the_unit_column", INSURED, "98", unit="% so với KH", problems=[("C2", "unit")]),
    one("brackets_of_the_programme", "Tỷ lệ đường giao thông được cứng hóa (trừ quốc lộ, đường tỉnh, đường huyện) (%)", "98", taken={"paved_road_rate": "98 exact estimate"}),
    one("brackets_of_the_programme_left_out", "Tỷ lệ đường giao thông được cứng hóa", "98", taken={"paved_road_rate": "98 exact estimate"}),
    one("brackets_that_the_programme_does_not_have", "Tỷ lệ đường giao thông được cứng hóa (trừ quốc lộ)", "98", problems=[("B2", "indicator")]),
    Case("unit_in_the_heading", [["TT", "Chỉ tiêu", "Ước thực hiện 2024 (tạ)"], [1, RICE, "20.800"]], taken=RICE_2080),
    Case("unit_in_the_heading_as_a_number", [["TT", "Chỉ tiêu", "Ước thực hiện 2024, nghìn tấn"], [1, RICE, 2.08]], taken=RICE_2080),
    Case("unit_below_the_heading", [["TT", "Chỉ tiêu", "Ước thực hiện 2024"], [None, None, "tạ"], [1, RICE, "20.800"]], taken=RICE_2080, options={"merged": [("A1:A2", "TT"), ("B1:B2", "Chỉ tiêu")]}),
    Case("unit_in_the_heading_of_the_plan", [["TT", "Chỉ tiêu", "Kế hoạch 2024 (tạ)", "Ước thực hiện 2024"], [1, RICE, "20.000", "20.800"]], taken=RICE_2080),
    Case("unit_in_the_heading_and_in_its_column", [["TT", "Chỉ tiêu", "ĐVT", "Ước thực hiện 2024 (tạ)"], [1, RICE, "tấn", "2.080"]], problems=[("D1", "unit")]),
    Case("unit_above_the_table", [["Đơn vị tính: tạ"], ["TT", "Chỉ tiêu", "Ước thực hiện 2024"], [1, RICE, "20.800"]], taken=RICE_2080),
    Case("unit_in_the_title", [["KẾT QUẢ NĂM 2024 (Đơn vị: 1.000 tấn)"], ["TT", "Chỉ tiêu", "Ước thực hiện"], [1, RICE, "2,08"]], taken=RICE_2080),
    Case("unit_above_yields_to_its_column", [["Đơn vị tính: %"], ["TT", "Chỉ tiêu", "ĐVT", "Ước thực hiện 2024"], [1, RICE, "tạ", "20.800"], [2, INSURED, None, "97"]], taken={**RICE_2080, "health_insurance_rate": "97 exact estimate"}),
    Case("unit_above_a_mixed_table", [["Đơn vị tính: %"], ["TT", "Chỉ tiêu", "Ước thực hiện 2024"], [1, RICE, "2.080"], [2, INSURED, "97"]], taken={"health_insurance_rate": "97 exact estimate"}, problems=[("A1", "unit")]),
    Case("unit_above_an_event", [["Đơn vị tính: %"], ["TT", "Chỉ tiêu", "Ước thực hiện 2024"], [1, "Khảo sát, đánh số nhà", "hoàn thành"], [2, "Đặt tên một số tuyến đường chính", 1]], taken={"house_numbering_done": "1 exact estimate"}, problems=[("A1", "unit")]),
    Case("units_above_that_are_not_one", [["Đơn vị tính: tấn, con"], ["TT", "Chỉ tiêu", "Ước thực hiện 2024"], [1, RICE, "2.080"]], problems=[("A1", "unit")]),
    Case("office_above_the_table", [["Đơn vị: UBND thị trấn Vĩnh Lộc"], ["TT", "Chỉ tiêu", "Ước thực hiện 2024"], [1, RICE, "2.080"]], taken=RICE_2080),
    Case("unit_above_both_tables", [["Đơn vị tính: tạ"], ["TT", "Chỉ tiêu", "Ước thực hiện 2024"], [1, RICE, "20.800"], ["II. NGÔ"], ["TT", "Chỉ tiêu", "Ước thực hiện 2024"], [1, "Sản lượng ngô", "1.250"]], taken={**RICE_2080, "maize_output": "125 exact estimate"}),
    Case("half_a_year_in_the_title", [["KẾT QUẢ THỰC HIỆN 6 THÁNG ĐẦU NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", 2000, "2.080"]], problems=[("E2", "period")]),
    Case("half_a_year_in_the_title_and_the_year_below", [["KẾT QUẢ 6 THÁNG ĐẦU NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "KH năm 2024", "Thực hiện năm 2024"], [1, RICE, "tấn", 2000, "2.080"]], problems=[("E2", "period")]),
    Case("quarter_in_the_title", [["BÁO CÁO QUÝ III NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", 2000, "2.080"]], problems=[("E2", "period")]),
    Case("month_in_the_title", [["BÁO CÁO THÁNG 12 NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", 2000, "2.080"]], problems=[("E2", "period")]),
    Case("season_in_the_title", [["KẾT QUẢ VỤ CHIÊM XUÂN NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", 2000, "2.080"]], problems=[("E2", "period")]),
    Case("day_of_the_figures_in_the_title", [["KẾT QUẢ NĂM 2024 (tính đến ngày 30/6/2024)"], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", 2000, "2.080"]], problems=[("E2", "period")]),
    Case("term_in_the_title", [["KẾT QUẢ GIAI ĐOẠN 2021-2024"], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", 2000, "2.080"]], arguments=("--year", "2024"), problems=[("E2", "period")]),
    Case("running_total_in_the_title", [["LŨY KẾ ĐẾN NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", 2000, "2.080"]], problems=[("E2", "period")]),
    Case("half_a_year_in_the_title_the_whole_in_its_column", [["KẾT QUẢ 6 THÁNG ĐẦU NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "KH năm 2024", "Ước cả năm 2024"], [1, RICE, "tấn", 2000, "2.080"]], taken=RICE_2080),
    Case("half_a_year_and_the_whole_in_the_title", [["KẾT QUẢ 9 THÁNG, ƯỚC THỰC HIỆN NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "KH năm 2024", "Ước TH năm 2024"], [1, RICE, "tấn", 2000, "2.080"]], taken=RICE_2080),
    Case("quarter_beside_the_year", [["BÁO CÁO QUÝ IV NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "KH năm 2024", "TH quý IV"], [1, RICE, "tấn", 2000, "2.080"]], problems=[("E2", "layout")]),
    Case("term_and_year_in_the_title", [["KẾT QUẢ NGHỊ QUYẾT NHIỆM KỲ 2020-2025, NĂM 2024"], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", 2000, "2.080"]], taken=RICE_2080),
    Case("days_of_documents_in_the_title", [["NĂM 2024. Vĩnh Lộc, ngày 5 tháng 7 năm 2024, số liệu đến 15/01/2025, gửi quý cơ quan"], ["TT", "Chỉ tiêu", "ĐVT", "KH", "TH"], [1, RICE, "tấn", 2000, "2.080"]], taken=RICE_2080),
    Case("half_a_year_in_the_title_of_the_first_table", [["KẾT QUẢ 6 THÁNG NĂM 2024"], ["TT", "Chỉ tiêu", "TH"], [1, RICE, 2080], ["II. NGÔ"], ["TT", "Chỉ tiêu", "TH"], [1, "Sản lượng ngô", 125]], problems=[("C2", "period"), ("C5", "period")]),
    Case("part_of_the_year_beside_the_whole", [["BÁO CÁO QUÝ IV NĂM 2024"], ["TT", "Chỉ tiêu", "TH quý IV", "Ước TH năm 2024"], [1, RICE, "500", "2.080"]], taken=RICE_2080),
    Case("plan_of_the_first_months_beside_the_actual", [["BÁO CÁO 6 THÁNG NĂM 2024"], ["TT", "Chỉ tiêu", "KH giao đầu năm", "TH"], [1, RICE, 2000, 2080]], problems=[("D2", "period")]),
    Case("duties_are_no_season", [["KẾT QUẢ NHIỆM VỤ THU NGÂN SÁCH, DỊCH VỤ MÙA DU LỊCH NĂM 2024"], ["TT", "Chỉ tiêu", "TH"], [1, RICE, 2080]], taken=RICE_2080),
    Case("last_years_part_beside_this_one", [["BÁO CÁO QUÝ IV NĂM 2024"], ["TT", "Chỉ tiêu", "TH quý IV năm trước", "Ước TH"], [1, RICE, "500", "2.080"]], problems=[("D2", "period")]),
    Case("no_result_registered", [["TT", "Chỉ tiêu", "ĐVT", "Kết quả đăng ký thực hiện 2024"], [1, RICE, "tấn", 2080]], problems=[("D1", "layout")]),
    Case("no_result_strived_for", [["TT", "Chỉ tiêu", "ĐVT", "Chỉ tiêu phấn đấu đạt được 2024"], [1, RICE, "tấn", 2080]], problems=[("D1", "layout")]),
    Case("no_result_to_be_reached", [["TT", "Chỉ tiêu", "ĐVT", "Mục tiêu cần đạt được 2024"], [1, RICE, "tấn", 2080]], problems=[("D1", "layout")]),
    Case("no_result_roadmap", [["TT", "Chỉ tiêu", "ĐVT", "Lộ trình thực hiện 2024"], [1, RICE, "tấn", 2080]], problems=[("D1", "layout")]),
    Case("no_result_running_total", [["TT", "Chỉ tiêu", "ĐVT", "Lũy kế thực hiện đến năm 2024"], [1, RICE, "tấn", 2080]], problems=[("D1", "layout")]),
    Case("no_result_not_done", [["TT", "Chỉ tiêu", "ĐVT", "Chưa thực hiện 2024"], [1, RICE, "tấn", 2080]], problems=[("D1", "layout")]),
    Case("no_result_money", [["TT", "Chỉ tiêu", "ĐVT", "Kinh phí thực hiện 2024"], [1, RICE, "tấn", 2080]], problems=[("D1", "layout")]),
    Case("no_result_villages_that_reached_it", [["TT", "Chỉ tiêu", "ĐVT", "Số thôn đạt được 2024"], [1, RICE, "tấn", 2080]], problems=[("D1", "layout")]),
    Case("no_result_left_to_do", [["TT", "Chỉ tiêu", "ĐVT", "Còn lại phải thực hiện 2024"], [1, RICE, "tấn", 2080]], problems=[("D1", "layout")]),
    Case("estimate_expected", [["TT", "Chỉ tiêu", "ĐVT", "Dự kiến thực hiện năm 2024"], [1, RICE, "tấn", 2080]], taken=RICE_2080, late=True),
    Case("estimate_preliminary", [["TT", "Chỉ tiêu", "ĐVT", "Số sơ bộ thực hiện năm 2024"], [1, RICE, "tấn", 2080]], taken=RICE_2080, late=True),
    Case("estimate_running_total_of_the_year", [["TT", "Chỉ tiêu", "ĐVT", "Ước lũy kế cả năm 2024"], [1, RICE, "tấn", 2080]], taken=RICE_2080, late=True),
    sheet("the_same_figure_twice", [1, RICE, None, None, "2.080"], [2, RICE, None, None, "2.080"], taken=RICE_2080),
    sheet("the_same_number_with_another_bound", [1, POOR, None, None, "dưới 1"], [2, POOR, None, None, "1"], taken={"poor_household_rate": "1 upper estimate"}, problems=[("E3", "twice")]),
    sheet("the_same_range_up_to_another_end", [1, POOR, None, None, "từ 1 đến 2%"], [2, POOR, None, None, "từ 1 đến 3%"], taken={"poor_household_rate": "1 range estimate"}, problems=[("E3", "twice")]),
    Case("plan_of_nothing", [FULL, [1, INSURED, "%", 0, 97, 100]], taken={"health_insurance_rate": "97 exact estimate"}, questions=[("E2", "plan")]),
    Case("scaled_plan", [FULL, [1, RICE, "nghìn tấn", 2.0, 2.08, 104]], taken=RICE_2080),
]
FORMS = [
    form("form", {"rice_output": "2.080", "health_insurance_rate": "97,5%"}, taken={**RICE_2080, "health_insurance_rate": "97.5 exact estimate"}),
    form("form_with_final_figures", {"rice_output": {"actual": "2.080", "vintage": "chính thức", "as_of": "20/03/2025"}}, taken={"rice_output": "2080 exact final"}),
    form("form_final_too_early", {"rice_output": {"actual": "2.080", "vintage": "chính thức"}}, taken={"rice_output": "2080 exact final"}, questions=[("F9", "early")]),
    form("form_with_remarks", {"rice_output": {"actual": "2.080", "cause": "- Do mưa bão", "measure": "Đổi giống"}}, taken=RICE_2080, remarks=2),
    form("form_with_a_remark_only", {"rice_output": {"cause": "Do mưa bão"}}, remarks=1),
    form("form_confirmed", {"rice_output": {"actual": "9.000", "confirmed": "được mùa, đã kiểm tra"}}, taken={"rice_output": "9000 exact estimate"}, questions=[("F9", "implausible")]),
    form("form_confirmed_out_of_range", {"child_vaccination_rate": {"actual": "4,5", "confirmed": "mất điện kho lạnh"}}, taken={"child_vaccination_rate": "4.5 exact estimate"}, questions=[("F6", "implausible")]),
    form("form_confirmed_without_its_comma", {"child_vaccination_rate": {"actual": "975", "confirmed": "đã kiểm tra"}}, problems=[("F6", "mangled")]),
    form("form_confirmed_as_a_fraction", {"child_vaccination_rate": {"actual": "0,975", "confirmed": "đã kiểm tra"}}, problems=[("F6", "mangled")]),
    form("form_vintage_in_other_words", {"rice_output": {"actual": "2.080", "vintage": "Ước thực hiện"}}, taken=RICE_2080),
    form("form_wrong_vintage", {"rice_output": {"actual": "2.080", "vintage": "tạm tính"}}, problems=[("H9", "vintage")]),
    form("form_wrong_day", {"rice_output": {"actual": "2.080", "as_of": "31/02/2024"}}, problems=[("I9", "day")]),
    form("form_day_before_the_year", {"rice_output": {"actual": "2.080", "as_of": "15/12/2023"}}, problems=[("I9", "day")]),
    form("form_day_to_come", {"rice_output": {"actual": "2.080", "as_of": "15/12/2099"}}, problems=[("I9", "day")]),
    form("form_wrong_day_on_the_cover", {"rice_output": "2.080", "rice_area": "300"}, cover={"as_of": "hôm qua"}, problems=[("B10", "day")]),
    form("form_event_done", {"house_numbering_done": "hoàn thành"}, taken={"house_numbering_done": "1 exact estimate"}),
    form("form_event_not_done", {"house_numbering_done": "chưa hoàn thành"}, taken={"house_numbering_done": "0 exact estimate"}),
    form("form_left_empty", {}, problems=[("", "empty")]),
]
CASES = [*TABLES, *FORMS]
