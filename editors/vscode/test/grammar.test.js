// The TextMate grammar, tokenized by the library that VS Code uses.
'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const oniguruma = require('vscode-oniguruma');
const textmate = require('vscode-textmate');

const root = path.join(__dirname, '..');

async function loadGrammar() {
  const wasm = fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const file = path.join(root, 'syntaxes/polc.tmLanguage.json');
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      scope === 'source.polc' ? textmate.parseRawGrammar(fs.readFileSync(file, 'utf8'), file) : null,
  });
  return registry.loadGrammar('source.polc');
}

const grammar = loadGrammar();

/// Each token's text with its innermost scope.
async function tokens(text) {
  let state = textmate.INITIAL;
  const all = [];
  for (const line of text.split('\n')) {
    const result = (await grammar).tokenizeLine(line, state);
    state = result.ruleStack;
    for (const token of result.tokens) {
      all.push({ text: line.slice(token.startIndex, token.endIndex), scopes: token.scopes });
    }
  }
  return all;
}

async function scopeOf(text, word) {
  const found = (await tokens(text)).find((token) => token.text.includes(word));
  return found?.scopes.at(-1);
}

const cases = [
  ['/// why', 'why', 'comment.line.documentation.polc'],
  ['// why', 'why', 'comment.line.double-slash.polc'],
  ['control "A-1" "Title" {', 'control', 'keyword.declaration.polc'],
  ['control "A-1" "Title" {', '"A-1"', 'entity.name.type.control.polc'],
  ['use std.gpo', 'std.gpo', 'entity.name.namespace.polc'],
  ['def is_shut(p: port) = p', 'is_shut', 'entity.name.function.polc'],
  ['  severity high', 'high', 'constant.language.severity.polc'],
  ['  require open: a', 'open', 'entity.name.label.polc'],
  ["  require registry('HKLM\\X', 'it''s') == 0xFF", 'registry', 'entity.name.function.polc'],
  ["  require registry('HKLM\\X', 'it''s') == 0xFF", "''", 'constant.character.escape.polc'],
  ["  require registry('HKLM\\X', 'it''s') == 0xFF", '0xFF', 'constant.numeric.hex.polc'],
  ['  when host.role != dc or absent', 'role', 'variable.other.property.polc'],
  ['  when host.role != dc or absent', 'absent', 'constant.language.polc'],
  ['  require all p in 70..74/udp: p', 'udp', 'support.type.protocol.polc'],
  ['  require a within 90d and b', '90d', 'constant.numeric.duration.polc'],
  ['from 2026-01-31', '2026-01-31', 'constant.numeric.date.polc'],
  ['let a = "x\\n\\q"', '\\n', 'constant.character.escape.polc'],
  ['let a = "x\\n\\q"', '\\q', 'invalid.illegal.escape.polc'],
];

for (const [text, word, scope] of cases) {
  test(`${word} in ${text}`, async () => assert.strictEqual(await scopeOf(text, word), scope));
}

test('a text block ends where its quotes do', async () => {
  const all = await tokens('  because """\n    // no comment "here"\n    """\n  require a');
  const inside = all.find((token) => token.text.includes('no comment'));
  assert.ok(inside.scopes.includes('string.quoted.triple.polc'), inside.scopes.join(' '));
  assert.ok(!inside.scopes.some((scope) => scope.startsWith('comment')));
  assert.strictEqual(all.find((token) => token.text === 'require').scopes.at(-1), 'keyword.other.clause.polc');
});

test('every word that begins a declaration or clause of the language is a keyword', async () => {
  const source = fs.readFileSync(path.join(root, '../../grammar/declarations.cpp'), 'utf8');
  const words = [...source.matchAll(/"([a-z]+)"/g)].map((match) => match[1]);
  assert.ok(words.length > 15);
  for (const word of new Set(words)) {
    const text = word === 'use' || word === 'let' || word === 'def' || word === 'param' ? `${word} x` : `${word} "x" "y"`;
    const scope = await scopeOf(text, word);
    assert.match(scope, /^keyword\./, `${word} is ${scope}`);
  }
});

test('the shipped policies have no stray scopes', async () => {
  const folder = path.join(root, '../../policies');
  for (const file of ['automate.pol', 'shared/tls.pol', 'automate/ports.pol']) {
    const all = await tokens(fs.readFileSync(path.join(folder, file), 'utf8'));
    assert.ok(!all.some((token) => token.scopes.some((scope) => scope.startsWith('invalid'))), file);
    assert.strictEqual(all.at(-1).scopes.length, 1, `${file} ends inside of something`);
  }
});
