"""How officer hours are made, in words, with formula, source and worked example: Methods and docs/methods.md print it."""

OFFICER_METHOD = """\
**Formula.** Hours freed = for each call type, strict diverted calls × chance that police would have gone × officers normally
sent × minutes of each ÷ 60, added up; less police hours still spent. Police minutes still spent = minutes of police units that
the log holds × officers in a unit + responses whose police units the log does not time × officer minutes assumed for each.

**The range.** Each assumption has a low, a base and a high, and is drawn from a triangular distribution over them: nothing outside
low and high, base most likely, straight lines between. It needs no number beyond the three, and it is wider than the bell-shaped
alternative (PERT), which would trust the base more than anybody has reason to. Ten thousand draws, the same every time: every
ten-thousandth part of each distribution once (Latin hypercube). What is told is the middle of the results and the 80% range, from
the tenth to the ninetieth in a hundred.

**What is drawn together.** One draw of a parameter (chance, officers, minutes, minutes with police, officers in a unit) holds for every
call type and in every place: where officers stay longer than assumed on one type, they do on all. Drawn apart, errors would cancel
and the range would come out too narrow. The five parameters are independent of each other. That is an assumption as well.

**All-low to all-high.** The table also has every assumption at the end that gives fewest hours, police time still spent at its highest, and
at the end that gives most. That holds whatever the assumptions allow, and all ends at once are hardly credible; it is no headline.

**What moves it.** For the tornado one parameter goes from the tenth to the ninetieth of its own distribution, for every call type at once,
and the others stay at their middle.

**Which calls.** Strict diverted calls alone (`diverted_strict`). Broad diverted calls or all responses never stand in: they
hold work to which police would not have gone. A log without strict diverted calls gives no hours.

**Police time still spent** is that on responses with police present, in the programs whose calls are counted. Where a log lists
police units, a unit's time runs from when it was sent, or else arrived, until it was clear. The minutes of every police unit on
a response count and the response counts once; time that two rows of one unit share counts once. A response is timed where each
of its police units has a time that can be used: not missing, below zero, zero (unless the log keeps zeros) or over the log's
longest interval. The others take the assumed minutes, and the page says how many they are.

**Hours a year and posts.** Hours a year = hours ÷ months that any of the logs covers × 12. Full-time posts = hours a year ÷ hours
on duty of a post in a year. Posts stand beside vacant ones. Hours are capacity, not cash: no post is filled and no money saved
by themselves.

**Small counts.** In the public view the hours come from counts that it shows: a hidden call type is not in them. Where the number
of timed responses, or of the others, is from 1 to 10, the time is assumed for all of them; where both may be shown, the measured
time is told as a whole number of minutes for each timed response.

**Worked example.** In 12 months a program diverted 100 mental health calls and 200 checks on welfare. Police were present on 30
responses; the log times 300 minutes of police units on 10 of them. With the assumptions as the files give them:

| | low | base | high |
|---|---|---|---|
| mental health | 100 × 0.5 × 1 × 30 ÷ 60 = 25 | 100 × 0.7 × 2 × 60 ÷ 60 = 140 | 100 × 0.9 × 2 × 120 ÷ 60 = 360 |
| check on welfare | 200 × 0.3 × 1 × 15 ÷ 60 = 15 | 200 × 0.5 × 1 × 30 ÷ 60 = 50 | 200 × 0.75 × 2 × 60 ÷ 60 = 300 |
| still spent | (300 × 2 + 20 × 60) ÷ 60 = 30 | (300 × 1 + 20 × 30) ÷ 60 = 15 | (300 × 1 + 20 × 15) ÷ 60 = 10 |
| hours freed | 25 + 15 − 30 = 10 | 140 + 50 − 15 = 175 | 360 + 300 − 10 = 650 |

Drawn, the 80% range is 111 to 300 hours, middle 189. That is 189 ÷ 300 = 0.63 hours for each diverted call
and 189 ÷ 1,700 = 0.1 full-time posts. The middle lies above the base, because the highs are further from the bases than the lows.

**Source.** Own: a product of stated assumptions, each with its source or marked as an assumption
(`data/assumptions/officer_time.csv`, `data/assumptions/police_sent.csv`). No published measurement of police minutes by call type
has been found. The vacancy rate of one post in ten is that of the Law Enforcement Action Partnership, as reported by
[Governing](https://www.governing.com/management-and-administration/since-2020-civilians-respond-to-911-calls-in-10-times-as-many-cities)."""
