// The package: what its manifest promises is there, and its problem matcher reads polc's messages.
'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');

const root = path.join(__dirname, '..');
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

test('every file of the manifest exists and is JSON', () => {
  const { languages, grammars, snippets } = manifest.contributes;
  for (const file of [languages[0].configuration, grammars[0].path, snippets[0].path]) {
    JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
  }
});

test('the problem matcher reads a message', () => {
  const [head, place] = manifest.contributes.problemMatchers[0].pattern.map((line) => new RegExp(line.regexp));
  const message = head.exec('error[POL2100]: there is no resource or function `regsitry`');
  assert.deepStrictEqual(message.slice(1), ['error', 'POL2100', 'there is no resource or function `regsitry`']);
  assert.deepStrictEqual(place.exec('  --> policies/a.pol:10:11').slice(1), ['policies/a.pol', '10', '11']);
});

test('snippets have as many levels open as they close', () => {
  const snippets = JSON.parse(fs.readFileSync(path.join(root, 'snippets/polc.json'), 'utf8'));
  for (const [name, snippet] of Object.entries(snippets)) {
    const text = [snippet.body].flat().join('\n').replace(/\$\{\d+\|[^|]*\|\}/g, 'x').replace(/\$\{\d+:([^}]*)\}/g, '$1');
    for (const [open, close] of ['{}', '()', '[]']) {
      assert.strictEqual(text.split(open).length, text.split(close).length, `${name}: ${text}`);
    }
  }
});
