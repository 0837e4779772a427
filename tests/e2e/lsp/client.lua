-- A real editor: neovim starts the language server, opens a policy, and asks what an author would ask. Prints one line for
-- each step and ends with 1 at the first that goes wrong.
local polc, workspace = vim.env.POLC, vim.env.WORKSPACE
local kWait = 20000 -- milliseconds; a server that is well answers in some

local function fail(what)
  io.stdout:write('FAILED: ' .. what .. '\n')
  vim.cmd('cquit 1')
end

local function check(condition, what)
  if not condition then fail(what) end
  io.stdout:write('ok: ' .. what .. '\n')
end

local exit_code
local client_id = vim.lsp.start_client({
  cmd = { polc, 'lsp' },
  root_dir = workspace,
  on_exit = function(code) exit_code = code end,
})
check(client_id ~= nil, 'the server starts')

vim.cmd('edit ' .. workspace .. '/policy.pol')
local buffer = vim.api.nvim_get_current_buf()
vim.lsp.buf_attach_client(buffer, client_id)
check(vim.wait(kWait, function() return vim.lsp.get_client_by_id(client_id).initialized end), 'it is initialized')

local function ask(method, extra, line, character)
  local parameters = vim.tbl_extend('force', {
    textDocument = { uri = vim.uri_from_bufnr(buffer) },
    position = { line = line or 0, character = character or 0 },
  }, extra or {})
  local answers = vim.lsp.buf_request_sync(buffer, method, parameters, kWait)
  local answer = answers and answers[client_id]
  if answer == nil or answer.error then fail(method .. ': ' .. vim.inspect(answers)) end
  return answer.result
end

local function codes()
  local all = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do table.insert(all, diagnostic.code or diagnostic.user_data.lsp.code) end
  return table.concat(all, ' ')
end

check(vim.wait(kWait, function() return codes() == 'POL2100' end), 'the misspelt resource is reported: ' .. codes())

-- typing mends it
local line = vim.fn.search('regsitry') - 1
local column = vim.fn.match(vim.fn.getline(line + 1), 'regsitry')
vim.api.nvim_buf_set_text(buffer, line, column, line, column + 8, { 'registry' })
check(vim.wait(kWait, function() return codes() == '' end), 'and not any more once it is mended: ' .. codes())

local hover = ask('textDocument/hover', nil, line, column + 1)
check(hover.contents.value:find('one registry value'), 'hover documents the resource')

local definition = ask('textDocument/definition', nil, vim.fn.search('== limit') - 1, 47)
check(definition and definition.uri:find('module.pol$'), 'the definition is in the module')

local completion = ask('textDocument/completion', nil, line, column + 4)
check(vim.tbl_contains(vim.tbl_map(function(item) return item.label end, completion.items), 'registry_key'), 'completion offers resources')

local edit = ask('textDocument/rename', { newName = 'most' }, vim.fn.search('== limit') - 1, 47)
vim.lsp.util.apply_workspace_edit(edit, vim.lsp.get_client_by_id(client_id).offset_encoding)
check(vim.fn.search('== most') > 0, 'rename changes the policy')
local module = vim.fn.bufnr(workspace .. '/module.pol')
check(module > 0 and vim.api.nvim_buf_get_lines(module, 0, 1, false)[1]:find('param most'), 'and the module')

vim.lsp.util.apply_text_edits(ask('textDocument/formatting', { options = {} }), buffer, vim.lsp.get_client_by_id(client_id).offset_encoding)
check(vim.fn.search('^  severity high$') > 0, 'formatting')

local symbols = ask('textDocument/documentSymbol')
check(#symbols == 2 and symbols[2].name == 'A-1', 'the outline')

vim.lsp.stop_client(client_id)
check(vim.wait(kWait, function() return exit_code ~= nil end) and exit_code == 0, 'the server ends with 0')
vim.cmd('qall!')
