// Port scans as targets.
#include "tests/unit/backends/memory_target.hpp"
#include "tests/unit/catch.hpp"

using namespace polc;
using namespace polc::backends;

namespace {

constexpr const char* kEnd =
    "<runstats><finished time=\"1795161600\" exit=\"success\"/></runstats></nmaprun>\n";

std::string scan(const std::string& scanned, const std::string& ports, const char* end = kEnd) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE nmaprun>\n<nmaprun scanner=\"nmap\">\n" +
         scanned +
         "<host endtime=\"1795161500\"><status state=\"up\"/><address addr=\"192.0.2.7\" "
         "addrtype=\"ipv4\"/><ports>\n" +
         ports + "</ports></host>\n" + end;
}

std::string port(const std::string& protocol, int number, const std::string& state) {
  return "<port protocol=\"" + protocol + "\" portid=\"" + std::to_string(number) + "\"><state state=\"" +
         state + "\"/></port>\n";
}

/// "internet: 443/tcp open, 3389/tcp closed"
std::string seen(const std::vector<value::Evidence>& pieces) {
  if (pieces.size() != 1) return "nothing";
  std::string out;
  for (const auto& row : pieces[0].exposure.rows) {
    const bool tcp = row.port.protocol == value::Protocol::Tcp;
    out += (out.empty() ? row.vantage + ": " : ", ") + std::to_string(row.port.number) +
           (tcp ? "/tcp " : "/udp ") + row.state;
  }
  return out;
}

std::string seen(const std::string& text) {
  MemoryTarget t;
  t.disk.files["/internet.xml"] = text;
  return seen(t.collect("/internet.xml"));
}

}  // namespace

TEST_CASE("a scan says what it saw of each port, when and from where") {
  MemoryTarget t;
  t.disk.files["/scans/internet.xml"] = scan("", port("tcp", 443, "open") + port("udp", 75, "closed"));
  auto pieces = t.collect("/scans/internet.xml");
  CHECK(t.backend == "nmap");
  CHECK(seen(pieces) == "internet: 75/udp closed, 443/tcp open");
  CHECK(pieces[0].collected_at == 1795161500);
  CHECK(pieces[0].exposure.rows[0].taken_at == 1795161500);
  const value::Origin& origin = pieces[0].origins[pieces[0].exposure.rows[1].origin];
  CHECK(origin.file == "/scans/internet.xml");
  CHECK(origin.line == 5);
  CHECK(seen(t.collect("/scans/internet.xml", {}, "nmap", "vpn")) == "vpn: 75/udp closed, 443/tcp open");
}

TEST_CASE("a state that is not one answer stays unknown") {
  MemoryTarget t;
  t.disk.files["/a.xml"] = scan("", port("udp", 75, "open|filtered") + port("tcp", 1, "unfiltered"));
  const auto pieces = t.collect("/a.xml");
  REQUIRE(pieces.size() == 1);
  CHECK(pieces[0].exposure.rows.empty());
  CHECK(pieces[0].exposure.unreadable);
}

TEST_CASE("ports that are only counted are told where they can be") {
  const std::string tcp = "<scaninfo protocol=\"tcp\" services=\"1-4\"/>";
  const std::string rest = "<extraports state=\"filtered\" count=\"3\"/>";
  CHECK(seen(scan(tcp, rest + port("tcp", 2, "open"))) ==
        "internet: 1/tcp filtered, 2/tcp open, 3/tcp filtered, 4/tcp filtered");
  SECTION("not when the count differs from the ports that are left") {
    CHECK(seen(scan(tcp, "<extraports state=\"filtered\" count=\"2\"/>" + port("tcp", 2, "open"))) ==
          "internet: 2/tcp open");
  }
  SECTION("not when several groups share them without lists") {
    CHECK(seen(scan(tcp,
                    "<extraports state=\"filtered\" count=\"2\"/><extraports state=\"closed\" count=\"1\"/>" +
                        port("tcp", 2, "open"))) == "internet: 2/tcp open");
  }
  SECTION("by their lists, where there are any") {
    CHECK(seen(scan(tcp,
                    "<extraports state=\"filtered\" count=\"2\"><extrareasons proto=\"tcp\" "
                    "ports=\"1,4\"/></extraports>"
                    "<extraports state=\"closed\" count=\"1\"><extrareasons proto=\"tcp\" "
                    "ports=\"3\"/></extraports>")) ==
          "internet: 1/tcp filtered, 3/tcp closed, 4/tcp filtered");
  }
  SECTION("not when the scan broke off") {
    CHECK(seen(scan(tcp, rest + port("tcp", 2, "open"), "</nmaprun>")) == "internet: 2/tcp open");
  }
}

TEST_CASE("a scan of no host, or of several, is refused") {
  const std::string host = "<host><status state=\"up\"/></host>";
  for (const std::string& hosts :
       {std::string(), host + host, std::string("<host><status state=\"down\"/></host>")}) {
    MemoryTarget t;
    t.disk.files["/a.xml"] = "<nmaprun>" + hosts + "</nmaprun>";
    CHECK(t.collect("/a.xml").empty());
    CHECK(t.problems().find("POL3691") != std::string::npos);
  }
}

TEST_CASE("a port that stands twice is not told by its last row") {
  MemoryTarget t;
  t.disk.files["/a.xml"] = scan("<scaninfo protocol=\"tcp\" services=\"3389\"/>",
                                port("tcp", 3389, "open") + port("tcp", 3389, "closed"));
  CHECK(t.collect("/a.xml").empty());
  CHECK(t.problems().find("a port that stands twice") != std::string::npos);
}

TEST_CASE("two lists of ports of one host are not told by the last one") {
  MemoryTarget t;
  t.disk.files["/a.xml"] = scan("<scaninfo protocol=\"tcp\" services=\"3389\"/>",
                                port("tcp", 3389, "open") + "</ports><ports>" + port("tcp", 3389, "closed"));
  CHECK(t.collect("/a.xml").empty());
  CHECK(t.problems().find("a second list of ports of one host") != std::string::npos);
}

TEST_CASE("a scan that is cut off anywhere is refused and never says less than it did") {
  const std::string text = scan("<scaninfo protocol=\"tcp\" services=\"1-4\"/>", port("tcp", 2, "open"));
  for (std::size_t size = 0; size + 2 < text.size(); ++size) {
    MemoryTarget t;
    t.disk.files["/a.xml"] = text.substr(0, size);
    CAPTURE(size);
    CHECK(t.collect("/a.xml", {}, "nmap").empty());
    CHECK(t.sink.has_errors());
  }
}

TEST_CASE("a document type that declares anything is refused") {
  MemoryTarget t;
  t.disk.files["/a.xml"] = "<!DOCTYPE nmaprun [<!ENTITY a \"b\">]><nmaprun/>";
  CHECK(t.collect("/a.xml").empty());
  CHECK(t.problems() ==
        "/a.xml:1:1 POL3690 this is not the XML that it should be: document types are not allowed");
}
