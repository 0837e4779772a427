#include "cli/init_files.hpp"

#include <array>

namespace polc::cli {
namespace {

constexpr std::string_view kWorkflow =
    R"(# Checks the policies on every change and shows what fails in code scanning and in the job summary.
name: policies
on:
  push:
  pull_request:
permissions:
  contents: read
  security-events: write  # to upload SARIF
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      # A repository variable says where your package of polc is (`cpack` makes it).
      - name: Install polc
        run: |
          curl --fail --silent --show-error --location --output polc.deb "$POLC_DEB_URL"
          sudo dpkg --install polc.deb
        env:
          POLC_DEB_URL: ${{ vars.POLC_DEB_URL }}
      - name: Test the policies
        run: |
          polc fmt --check policies/*.pol policies/tests/*.pol
          polc test policies/tests
      - name: Check
        run: |
          polc check policies/baseline.pol --target policies/hosts/example.yaml --report terminal \
            --report sarif=polc.sarif --report markdown=summary.md
      - name: Summary
        if: ${{ !cancelled() && hashFiles('summary.md') != '' }}
        run: cat summary.md >> "$GITHUB_STEP_SUMMARY"
      - name: Upload to code scanning
        if: ${{ !cancelled() && hashFiles('polc.sarif') != '' }}
        uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: polc.sarif
)";

constexpr std::string_view kHooks =
    R"(# pre-commit install; then the policies are checked before every commit.
repos:
  - repo: local
    hooks:
      - id: polc-fmt
        name: polc fmt
        entry: polc fmt --check
        language: system
        files: '\.pol$'
      - id: polc-test
        name: polc test
        entry: polc test policies/tests
        language: system
        files: '\.(pol|ya?ml)$'
        pass_filenames: false
      - id: polc-check
        name: polc check
        entry: polc check policies/baseline.pol --target policies/hosts/example.yaml --quiet
        language: system
        files: '\.(pol|ya?ml)$'
        pass_filenames: false
)";

constexpr std::string_view kPolicy =
    R"(/// The first controls of this repository: change them, copy them, add your own.
policy "baseline" "Windows baseline" {
  version "0.1.0"
  language 1
  description """What every Windows server of ours must look like."""
}

param min_length: int in 8..128 = 14 stricter up
  "Least number of characters of a password"

group "Accounts" {
  control "BASE-ACC-01" "Passwords are long" {
    severity high
    tags "accounts"
    because """Short passwords are guessed or cracked."""
    fix """Set *Account Policies / Password Policy / Minimum password length* in Group Policy."""
    require password_policy.min_length >= min_length
  }

  control "BASE-ACC-02" "Anonymous users cannot list accounts and shares" {
    severity high
    tags "accounts"
    because """Names of accounts and shares are the first thing an attacker looks for."""
    fix """
      Enable *Network access: Do not allow anonymous enumeration of SAM accounts and shares*, or

          Set-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control\Lsa' RestrictAnonymous 1
      """
    require registry('HKLM\SYSTEM\CurrentControlSet\Control\Lsa', 'RestrictAnonymous') == 1
  }
}

group "Network" {
  control "BASE-NET-01" "Remote Desktop asks for Network Level Authentication" {
    severity medium
    tags "network"
    because """Without it anybody reaches the logon screen."""
    fix """Enable *Require user authentication for remote connections by using Network Level Authentication*."""
    require registry('HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp', 'UserAuthentication')
      == 1
  }

  control "BASE-NET-02" "Telnet is closed" {
    severity medium
    tags "network"
    because """Telnet sends passwords in the clear."""
    fix """Stop the service that listens on port 23, or let nobody but the host itself reach it."""
    require port(23/tcp).allowed_from within loopback
  }
}
)";

constexpr std::string_view kHost =
    R"(# A host that passes. Replace it by one of yours: `polc collect -o host.yaml --policy policies/baseline.pol` on Windows.
polc_snapshot: 1
host:
  name: EXAMPLE
  os: Windows Server 2022 Standard
  build: 20348
  role: member
account_policy: {min_length: 14}
registry:
  'HKLM\SYSTEM\CurrentControlSet\Control\Lsa': {values: {RestrictAnonymous: 1}}
  'HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp': {values: {UserAuthentication: 1}}
firewall:
  active: [domain]
  profiles:
    complete: true
    local:
      domain: {enabled: true, inbound: block, outbound: allow, shields_up: false}
      private: {enabled: true, inbound: block, outbound: allow, shields_up: false}
      public: {enabled: true, inbound: block, outbound: allow, shields_up: false}
    policy: {}
  policy_rules: {complete: true, items: []}
  local_rules: {complete: true, items: []}
)";

constexpr std::string_view kTests = R"(// polc test policies/tests
use "../baseline.pol"

test "long passwords" {
  given "../hosts/example.yaml"
  cases "BASE-ACC-01" with password_policy.min_length {
    14      => pass
    13      => fail because "13"
    unknown => unknown
  }
}

test "anonymous users" {
  given "../hosts/example.yaml"
  cases "BASE-ACC-02" with
      registry('HKLM\SYSTEM\CurrentControlSet\Control\Lsa', 'RestrictAnonymous') {
    1       => pass
    0       => fail
    absent  => fail
    unknown => unknown
  }
}

test "Remote Desktop" {
  given "../hosts/example.yaml"
  cases "BASE-NET-01" with
      registry('HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp', 'UserAuthentication') {
    1       => pass
    0       => fail
    absent  => fail
    unknown => unknown
  }
}

test "Telnet" {
  given "../hosts/example.yaml"
  cases "BASE-NET-02" with port(23/tcp).allowed_from {
    none     => pass
    loopback => pass
    any      => fail because "any"
    unknown  => unknown
  }
}
)";

constexpr std::string_view kSettings =
    R"(# Defaults of this repository. Everything in it can also be said on the command line, which wins.
# Off Windows, and when no --target is given, policies are checked against this host.
example_host: policies/hosts/example.yaml
)";

}  // namespace

std::span<const InitFile> init_files() {
  static constexpr std::array kFiles{
      InitFile{".github/workflows/policies.yml", kWorkflow},
      InitFile{".pre-commit-config.yaml", kHooks},
      InitFile{"polc.yaml", kSettings},
      InitFile{"policies/baseline.pol", kPolicy},
      InitFile{"policies/hosts/example.yaml", kHost},
      InitFile{"policies/tests/baseline_test.pol", kTests},
  };
  return kFiles;
}

}  // namespace polc::cli
