#include "engine/commands/waiver_entry.hpp"

#include <utility>

namespace waymark::commands {

ledger::Object waiver_fields(cases::WaiverOnRecord const& waiver) {
  ledger::Object out;
  out.text("waiver", waiver.waiver);
  if (waiver.from) out.text("from", values::write_date(*waiver.from));
  if (waiver.through) out.text("through", values::write_date(*waiver.through));
  for (auto const& [key, text] : {std::pair("grantor", &waiver.grantor), std::pair("authority", &waiver.authority),
                                  std::pair("reason", &waiver.reason), std::pair("value", &waiver.value_text)}) {
    if (!text->empty()) out.text(key, *text);
  }
  return out;
}

cases::WaiverOnRecord waiver_of(ledger::Body const& body) {
  cases::WaiverOnRecord out;
  out.waiver = body.text("waiver").value_or("");
  out.grantor = body.text("grantor").value_or("");
  out.authority = body.text("authority").value_or("");
  out.reason = body.text("reason").value_or("");
  out.value_text = body.text("value").value_or("");
  out.from = values::read_date(body.text("from").value_or(""));
  out.through = values::read_date(body.text("through").value_or(""));
  return out;
}

}  // namespace waymark::commands
