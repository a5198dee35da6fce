"""Every record of statistik_referens.json, to 1e-6. What a record holds of methods we do not use is listed here.

Not used, so not reproduced: arcsine and exact funnel limits, Newcombe with continuity correction, Fisher's test, the
pooled z, Miettinen-Nurminen (raises on small tables), exact and mid-p tails, standard errors, the Poisson interval of a
cost.
"""

import json
from pathlib import Path

import pytest

from finsam_dash.stats import funnel, money, proportions, series, standardise

RECORDS = json.loads((Path(__file__).parent / "statistik_referens.json").read_text(encoding="utf-8"))
CLOSE = {"rel": 0, "abs": 1e-6}


def records(*methods):
    chosen = [record for record in RECORDS if record["method"] in methods]
    assert chosen
    return pytest.mark.parametrize("record", chosen, ids=lambda record: str(record["input"])[:70])


def test_every_method_of_the_file_has_a_test_here():
    text = Path(__file__).read_text(encoding="utf-8")
    elsewhere = {
        "sdc_attack_domain",  # tests/judgement/test_protection_engine.py
        "pool_sum_of_counts",  # tests/indicators/test_reference_sums.py, as the next two
        "rolling_12_months",
        "stock_flow_periods",
    }
    missing = {record["method"] for record in RECORDS if f'"{record["method"]}"' not in text} - elsewhere
    assert missing == set()


@records("wilson", "phe_proportion (quoted)", "phe_proportion grouped (quoted)")
def test_wilson(record):
    given, expected = record["input"], record["output"]
    limits = proportions.wilson(given["k"], given["n"], given["confidence"])
    assert limits == pytest.approx((expected["lower"], expected["upper"]), **CLOSE)
    if "value" in expected:
        assert given["k"] / given["n"] == pytest.approx(expected["value"], **CLOSE)


@records("proportion_vs_target")
def test_against_target(record):
    k, n, target = (record["input"][name] for name in ("k", "n", "target"))
    expected = record["output"]
    words = {1: "better", 0: "similar", -1: "worse"}
    assert words[proportions.compare_to_target(k, n, target)] == expected["verdict_wilson95"]
    assert words[proportions.compare_to_target(k, n, target, 0.998)] == expected["verdict_wilson998"]
    assert proportions.score_z(k, n, target) == pytest.approx(expected["score_z"], **CLOSE)


@records("two_proportions_difference")
def test_difference(record):
    given, expected = record["input"], record["output"]
    difference = proportions.newcombe(given["k1"], given["n1"], given["k2"], given["n2"], given["confidence"])
    assert difference == pytest.approx(
        (expected["diff"], expected["newcombe_lower"], expected["newcombe_upper"]), **CLOSE
    )
    assert (not difference.lower <= 0 <= difference.upper) == expected["newcombe_excludes_0"]


@records("funnel_limits_proportion")
def test_funnel_limits(record):
    given, expected = record["input"], record["output"]
    for confidence, name in ((0.95, "95"), (0.998, "998")):
        limits = funnel.score_limits(given["benchmark"], given["n"], confidence)
        assert limits == pytest.approx((expected[f"score_lower_{name}"], expected[f"score_upper_{name}"]), **CLOSE)


@records("calculate_funnel_limits (quoted)")
def test_funnel_limits_of_another_program(record):
    given, expected = record["input"], record["output"]
    center = given["baseline_pct"] / 100
    for confidence, name in ((0.95, "2s"), (0.998, "3s")):
        limits = funnel.score_limits(center, given["population"], confidence)
        # The centre is quoted with six decimals of a percent, the limits with as many: 2e-5 is the record's own bound.
        assert 100 * limits.lower == pytest.approx(expected[f"lower_{name}"], abs=2e-5)
        assert 100 * limits.upper == pytest.approx(expected[f"upper_{name}"], abs=2e-5)


@records("familywise_false_alarm")
def test_family_wise(record):
    m, expected = record["input"]["programmes"], record["output"]
    assert funnel.family_wise_rate(m, 0.05) == pytest.approx(expected["P_any_at_95"], **CLOSE)
    assert funnel.family_wise_rate(m, 0.002) == pytest.approx(expected["P_any_at_99_8"], **CLOSE)
    assert m * 0.05 == pytest.approx(expected["expected_at_95"], **CLOSE)


def special_causes(signals, size):
    """One label a point, in the reference program's order of precedence."""
    order = (
        ("Above UCL", signals.above_limit),
        ("Below LCL", signals.below_limit),
        ("7 Points Above CL", signals.run_above),
        ("7 Points Below CL", signals.run_below),
        ("7 Points Increasing", signals.rising),
        ("7 Points Decreasing", signals.falling),
        ("2 Of 3 Above CL", signals.near_upper),
        ("2 Of 3 Below CL", signals.near_lower),
    )
    return [next((label for label, flagged in order if i in flagged), "Common Cause") for i in range(size)]


@records("xmr_ptd_spc", "xmr_rebase_segment")
def test_xmr(record):
    given, expected = record["input"], record["output"]
    chart = series.xmr(given["y"], given.get("screen_outliers", True))
    assert (chart.center, chart.lower[0], chart.upper[0]) == pytest.approx(
        (expected["mean"], expected["lpl"], expected["upl"]), **CLOSE
    )
    assert special_causes(chart.signals, len(given["y"])) == expected["special_cause"]
    if "amr_used" in expected:
        assert (chart.upper[0] - chart.center) / series.XMR_CONSTANT == pytest.approx(expected["amr_used"], **CLOSE)
        is_common = len(given["y"]) - 1 not in chart.signals.flagged
        assert is_common == (expected["variation_icon_basis"] == "common_cause")
    if expected.get("assurance"):
        target, higher = targets_in(given["name"])
        found = series.assurance(target, chart.lower[0], chart.upper[0], higher)
        assert ASSURANCE_NAMES[found] == expected["assurance"]


ASSURANCE_NAMES = {
    series.Assurance.ALWAYS: "consistent_pass",
    series.Assurance.SOMETIMES: "inconsistent",
    series.Assurance.NEVER: "consistent_fail",
    None: None,
}


def targets_in(name):
    """The target and direction that the record's own name states; "5 points" is the series of the record before it."""
    if "2500" in name:
        return 2500, False
    return 30, True


@records("ptd assurance (quoted)")
def test_assurance(record):
    given = record["input"]
    direction = {"increase": True, "decrease": False, "neutral": None}[given["improvement_direction"]]
    found = series.assurance(given["target"], given["lpl"], given["upl"], direction)
    assert ASSURANCE_NAMES[found] == record["output"]["assurance_type"]


@records("ptd rule seven_point_trend (quoted)")
def test_seven_point_trend(record):
    values = record["input"]["v"]
    signals = series.find_signals(values, 3.5, [100.0] * len(values))
    assert [int(i in signals.rising) for i in range(len(values))] == record["output"]["expected"]


@records("chi2_trend_proportions")
def test_trend(record):
    given, expected = record["input"], record["output"]
    assert series.trend_of_shares(given["k"], given["n"]) == pytest.approx(
        (expected["slope_per_period"], expected["chi2"], expected["p"]), **CLOSE
    )


@records("simpson_direct_standardisation")
def test_standardisation(record):
    strata = {
        group: {name: tuple(counts) for name, counts in parts.items()}
        for group, parts in record["input"]["strata_k_n"].items()
    }
    weights = standardise.combined_weights(*strata.values())
    assert weights == {"nara": 105, "langt": 95}
    for group, expected in record["output"].items():
        found = standardise.directly_standardise(strata[group], weights)
        names = ("directly_standardised", "mover_wilson_lower", "mover_wilson_upper")
        assert found == pytest.approx(tuple(expected[name] for name in names), **CLOSE)
        k, n = (sum(part) for part in zip(*strata[group].values(), strict=True))
        assert k / n == pytest.approx(expected["crude"], **CLOSE)


@records("forbrukningskvot_linear")
def test_linear_quota(record):
    used, budget, month = (record["input"][name] for name in ("ack_utfall", "arsbudget", "manad"))
    expected = record["output"]
    assert 100 * money.linear_quota(used, budget, month, 12) == pytest.approx(expected["kvot"], **CLOSE)
    plan = money.planned_to_date(budget, month, 12)
    assert plan == pytest.approx(expected["riktpunkt_ack"], **CLOSE)
    assert used - plan == pytest.approx(expected["avvikelse_kr"], **CLOSE)
    share = 100 * money.used_share(used, budget)
    assert share == pytest.approx(expected["forbrukad_andel_av_arsbudget_pct"], **CLOSE)


@records("forbrukad_andel_av_arsbudget")
def test_used_share(record):
    used, budget = record["input"]["forbrukning"], record["input"]["arsbudget"]
    assert 100 * money.used_share(used, budget) == pytest.approx(record["output"]["procent"], **CLOSE)


@records("cost_per_outcome")
def test_cost_per_outcome(record):
    given, expected = record["input"], record["output"]
    found = money.cost_per_outcome(given["cost"], given["k"], given["n"])
    for value, reference in zip(found, (expected["cost_per_outcome"], *expected["ci_wilson_fixed_n"]), strict=True):
        assert value == (None if reference is None else pytest.approx(reference, **CLOSE))
    assert money.cost_per_unit(given["cost"], given["n"]) == pytest.approx(expected["cost_per_participant"], **CLOSE)
