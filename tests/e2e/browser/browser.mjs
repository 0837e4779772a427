// Looks at polc's HTML pages in a real browser: node browser.mjs POLC REPOSITORY WORK_FOLDER
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [polc, repository, work] = process.argv.slice(2);
const kPaperWidth = 688; // pixels of A4 at 96 dpi between margins of 14 mm

let checks = 0;
let failures = 0;
function check(what, holds, seen = "") {
  checks += 1;
  if (holds) return;
  failures += 1;
  console.log(`FAILED ${what} ${JSON.stringify(seen)}`);
}

const kHostile = `policy "evil" "<script>window.evil = 1</script>" { version "1" }
group "</main><img src=x onerror=window.evil=2>" {
  control "EVIL-1" "<b onmouseover=window.evil=3>title</b> \\"quoted\\"" {
    severity high
    because """<script>window.evil = 4</script> [click](javascript:window.evil=5) ![i](https://example.invalid/i.png)
[site](https://example.org/?a=1&b=2) <img src=x onerror=window.evil=6>"""
    fix """\`\`\`
</pre><script>window.evil = 7</script>
\`\`\`"""
    require registry('HKLM\\SOFTWARE\\X', 'Y') == "safe"
  }
}
`;
const kHostileHost = `polc_snapshot: 1
host: {name: "<script>window.evil=8</script>"}
registry:
  'HKLM\\SOFTWARE\\X': {values: {Y: '</pre><script>window.evil=9</script>'}}
`;

/// polc's exit codes 0 to 2 are verdicts.
function run(...args) {
  try {
    execFileSync(polc, args, { cwd: work, stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    if (![1, 2].includes(error.status)) throw new Error(`polc ${args.join(" ")}: ${error.status} ${error.stderr}`);
  }
}

function makePages() {
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(work, ".git"), { recursive: true });
  cpSync(join(repository, "policies"), join(work, "policies"), { recursive: true });
  writeFileSync(join(work, "evil.pol"), kHostile);
  writeFileSync(join(work, "evil.yaml"), kHostileHost);
  const fresh = ["-t", "policies/hosts/fresh-install.yaml", "--as-of", "2026-11-22"];
  run("check", "policies/automate.pol", "policies/screenconnect.pol", ...fresh, "--report", "html=report.html");
  run("check", "evil.pol", "-t", "evil.yaml", "--report", "html=evil.html");
  run("doc", "policies/automate.pol", "-o", "doc.html");
  run("doc", "--resources", "-o", "resources.html");
  run("doc", "--library", "-o", "library.html");
  run("doc", "evil.pol", "-o", "evil-doc.html");
}

/// Opens a page and notes whatever it complains about or asks for.
async function open(browser, file, colorScheme) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1100, height: 900 } });
  page.complaints = [];
  page.on("console", (message) => page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().endsWith(`/${file}`)) page.complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(join(work, file)).href);
  return page;
}

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

/// Contrast of every text with what is behind it, by the formula of WCAG 2.2.
const poorContrast = (page) =>
  page.evaluate(() => {
    const numbers = (color) => color.match(/[\d.]+/g).map(Number);
    const luminance = (rgb) =>
      rgb
        .map((c) => c / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const rgba = numbers(getComputedStyle(at).backgroundColor);
        if (rgba.length === 3 || rgba[3] === 1) return rgba.slice(0, 3);
      }
      return [255, 255, 255];
    };
    const poor = new Set();
    for (const element of document.body.querySelectorAll("*")) {
      const own = [...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim() !== "");
      if (!own || element.closest("svg, script, [hidden]")) continue;
      const pair = [numbers(getComputedStyle(element).color).slice(0, 3), behind(element)].map(luminance);
      const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
      if (ratio < 4.5) poor.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
    }
    return [...poor];
  });

const clipped = (page) =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("pre, .scroll, article")]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "none")
      .map((element) => `${element.tagName} ${element.scrollWidth}>${element.clientWidth} ${element.textContent.slice(0, 60)}`),
  );

async function looksRight(browser, file) {
  const grounds = [];
  for (const scheme of ["light", "dark"]) {
    const page = await open(browser, file, scheme);
    grounds.push(await ground(page));
    check(`${file} ${scheme}: contrast`, (await poorContrast(page)).length === 0, await poorContrast(page));
    check(`${file} ${scheme}: complaints`, page.complaints.length === 0, page.complaints);
    check(`${file}: one h1`, (await page.locator("h1").count()) === 1);
    await page.screenshot({ path: join(work, `${file}-${scheme}.png`) });
    await page.close();
  }
  check(`${file}: dark differs from light`, grounds[0] !== grounds[1], grounds);
}

async function prints(browser, file) {
  const page = await open(browser, file, "dark");
  await page.setViewportSize({ width: kPaperWidth, height: 900 });
  await page.emulateMedia({ media: "print" });
  check(`${file}: paper is white`, (await ground(page)) === "rgb(255, 255, 255)", await ground(page));
  const cut = await clipped(page);
  check(`${file}: nothing is clipped in print`, cut.length === 0, cut.slice(0, 5));
  const squeezed = await page.evaluate(() =>
    [...document.querySelectorAll("th, td")]
      .filter((cell) => cell.clientWidth < 40 && cell.textContent.trim().length > 12)
      .map((cell) => cell.textContent));
  check(`${file}: no column is squeezed in print`, squeezed.length === 0, squeezed.slice(0, 5));
  await page.pdf({ path: join(work, `${file}.pdf`), format: "A4" });
  check(`${file}: prints`, statSync(join(work, `${file}.pdf`)).size > 10000);
  await page.close();
}

async function narrow(browser, file) {
  const page = await open(browser, file, "light");
  await page.setViewportSize({ width: 360, height: 800 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(`${file}: fits a telephone`, wide <= 360, wide);
  await page.close();
}

async function searches(browser) {
  const page = await open(browser, "doc.html", "light");
  const shown = () => page.locator("article:visible").count();
  const all = await shown();
  check("doc: lists the controls", all > 40, all);
  await page.fill("input[type=search]", "MySQL reachable");
  const found = await shown();
  check("doc: search narrows", found > 0 && found < 5, found);
  check("doc: search counts", (await page.textContent("output")) === `${found} of ${all} shown`);
  await page.fill("input[type=search]", "no such control anywhere");
  check("doc: nothing found", (await shown()) === 0 && (await page.locator("main > section:visible").count()) === 0);
  await page.click("button");
  check("doc: clear shows all", (await shown()) === all);
  await page.selectOption("select >> nth=1", "critical");
  const critical = await shown();
  const badges = await page.locator("article:visible .badge.critical").count();
  check("doc: filter by severity", critical > 0 && critical < all && badges === critical, [critical, badges]);
  await page.selectOption("select >> nth=1", "");
  await page.selectOption("select >> nth=2", "cis");
  const cis = await shown();
  check("doc: filter by reference", cis > 0 && cis < all, cis);
  check("doc: complaints", page.complaints.length === 0, page.complaints);
  await page.close();
}

async function readsWithoutScript(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(work, "doc.html")).href);
  check("doc: readable without script", (await page.locator("article:visible").count()) > 40);
  check("doc: no dead search without script", !(await page.locator(".controls").isVisible()));
  await context.close();
}

async function staysText(browser, file, scripts) {
  const page = await open(browser, file, "light");
  const evil = await page.evaluate(() => window.evil);
  check(`${file}: hostile text does not run`, evil === undefined, evil);
  check(`${file}: no foreign script`, (await page.locator("script").count()) === scripts);
  check(`${file}: no image`, (await page.locator("img").count()) === 0);
  const text = await page.textContent("body");
  for (const part of ["<script>window.evil = 1</script>", "<b onmouseover=window.evil=3>", "</pre><script>window.evil = 7"])
    check(`${file}: ${part} is text`, text.includes(part));
  const links = await page.locator("article a[href]:not([href^='#'])").evaluateAll((all) => all.map((a) => [a.href, a.rel]));
  check(`${file}: links lead to the web`, links.length === 1 && links[0][0] === "https://example.org/?a=1&b=2" &&
    links[0][1].includes("noreferrer"), links);
  const handlers = await page.evaluate(() => [...document.querySelectorAll("*")].filter((e) =>
    e.getAttributeNames().some((name) => name.startsWith("on") || name === "style")).length);
  check(`${file}: no handlers`, handlers === 0, handlers);
  check(`${file}: complaints`, page.complaints.length === 0, page.complaints);
  await page.close();
}

makePages();
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  for (const file of ["report.html", "doc.html", "resources.html", "library.html"]) {
    await looksRight(browser, file);
    await prints(browser, file);
    await narrow(browser, file);
  }
  await searches(browser);
  await readsWithoutScript(browser);
  await staysText(browser, "evil.html", 0);
  await staysText(browser, "evil-doc.html", 1);
  check("pages load nothing", !/(src|href)="(?!#|https:\/\/)/.test(readFileSync(join(work, "report.html"), "utf8")));
} finally {
  await browser.close();
}
console.log(`${checks} checks, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
