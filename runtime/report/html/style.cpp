#include "runtime/report/html/page.hpp"

namespace polc::report::html {

// Colours have a contrast of at least 4.5 to 1 against their background (WCAG 2.2, success criterion 1.4.3). Charts are SVG,
// because backgrounds of elements are not printed.
std::string_view common_style() {
  return R"css(
:root { color-scheme: light dark; --ground: #fff; --raised: #f5f6f8; --line: #d5d9df; --ink: #1b1f24; --soft: #59616c;
  --link: #0b57b0; --fail: #b3261e; --unknown: #8a5a00; --review: #5b3fb8; --waived: #4b6075; --pass: #1a6b37;
  --na: #a9b1bb; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #14171c; --raised: #1d2128; --line: #3a414c; --ink: #e6e8eb; --soft: #a4adb8; --link: #8ab8ff;
    --fail: #ff8a80; --unknown: #f5c451; --review: #b8a4ff; --waived: #9db4cc; --pass: #6fd391; --na: #5b6470; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 1.5rem 1.25rem 4rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, "Segoe UI", "Liberation Sans", sans-serif; overflow-wrap: break-word; }
h1, h2, h3, h4, h5 { line-height: 1.25; margin: 2rem 0 .5rem; }
h1 { margin-top: 0; font-size: 1.9rem; } h2 { font-size: 1.45rem; } h3 { font-size: 1.2rem; } h4 { font-size: 1.02rem; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--link); }
a:focus-visible, input:focus-visible, select:focus-visible, button:focus-visible, [tabindex]:focus-visible {
  outline: 2px solid var(--link); outline-offset: 2px; }
code, pre { font-family: ui-monospace, "Cascadia Mono", "Liberation Mono", monospace; font-size: .86em; }
code { background: var(--raised); padding: .05em .3em; border-radius: 3px; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .75rem 1rem;
  overflow-x: auto; line-height: 1.4; margin: .6rem 0; }
pre code { background: none; padding: 0; font-size: 1em; }
.scroll { overflow-x: auto; margin: .6rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } thead th { color: var(--soft); } td.number, th.number { text-align: right; white-space: nowrap; }
td.number { font-variant-numeric: tabular-nums; }
td.id, td.nowrap { white-space: nowrap; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .6rem 0; }
dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; min-width: 0; }
.soft { color: var(--soft); } .small { font-size: .92em; }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 4px; padding: 0 .4rem;
  font-size: .8rem; font-weight: 600; line-height: 1.5; white-space: nowrap; }
.fail { color: var(--fail); } .unknown { color: var(--unknown); } .review { color: var(--review); }
.waived { color: var(--waived); } .pass { color: var(--pass); }
.critical, .high { color: var(--fail); } .medium { color: var(--unknown); } .low, .info { color: var(--soft); }
svg .fail { fill: var(--fail); } svg .unknown { fill: var(--unknown); } svg .review { fill: var(--review); }
svg .waived { fill: var(--waived); } svg .pass { fill: var(--pass); } svg .notApplicable { fill: var(--na); }
svg { display: block; width: 100%; min-width: 8rem; height: 1.1rem; }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; list-style: none; padding: 0; margin: 1rem 0; }
.tiles li { border: 1px solid var(--line); border-top: 4px solid currentColor; border-radius: 6px; padding: .4rem .9rem;
  min-width: 6.5rem; }
.tiles strong { display: block; font-size: 1.6rem; line-height: 1.3; }
.headline { font-size: 1.15rem; max-width: none; }
article { border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1.1rem; margin: 1rem 0; }
article > :first-child { margin: 0 0 .25rem; }
article h4:not(:first-child), article h5 { margin: .9rem 0 .2rem; font-size: .95rem; }
article > :last-child { margin-bottom: 0; }
[hidden] { display: none !important; }
@media print {
  @page { margin: 14mm; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  nav, .controls { display: none; }
  pre { font-size: 7.2pt; white-space: pre-wrap; overflow-wrap: anywhere; break-inside: avoid; }
  td:not(.id) code, td div { overflow-wrap: anywhere; }
  td.id, td.nowrap, td.number, th.number { white-space: normal; }
  table { font-size: 8pt; } th, td { padding: .2rem .3rem; }
  .scroll { overflow: visible; } tr { break-inside: avoid; }
  h2, h3, h4, h5, thead { break-after: avoid; } article { padding: .5rem .7rem; }
  a { color: inherit; text-decoration: none; }
}
)css";
}

}  // namespace polc::report::html
