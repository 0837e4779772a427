// Starts `polc lsp` for policies and offers polc's verbs as tasks.
'use strict';

const vscode = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

let client;

const program = () => vscode.workspace.getConfiguration('polc').get('path', 'polc');

function taskFor(definition, scope) {
  const file = definition.file ?? '${file}';
  const execution = new vscode.ProcessExecution(program(), [definition.verb, file]);
  return new vscode.Task(definition, scope, `${definition.verb} ${file}`, 'polc', execution, ['$polc']);
}

const taskProvider = {
  provideTasks: () => ['check', 'test', 'fmt'].map((verb) => taskFor({ type: 'polc', verb }, vscode.TaskScope.Workspace)),
  resolveTask: (task) => taskFor(task.definition, task.scope ?? vscode.TaskScope.Workspace),
};

async function activate(context) {
  context.subscriptions.push(vscode.tasks.registerTaskProvider('polc', taskProvider));
  const server = { command: program(), args: ['lsp'], transport: TransportKind.stdio };
  client = new LanguageClient('polc', 'polc', server, {
    documentSelector: [{ language: 'polc' }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/*.pol') },
  });
  await client.start();
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
