import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { Attendance } from "../../protocol/mod.ts";
import { type PowerWords, powerWordsOf } from "../ui/words/late/powers.ts";
import { useWords } from "../ui/words.ts";
import { attendanceCsv, type NamedStay } from "./attendance_csv.ts";
import type { PowersStore } from "./mod.ts";
import { ReservedDialog } from "./ReservedDialog.tsx";

/** Who was here, from when to when. */
export function AttendanceDialog({ call, store }: {
  call: Call;
  store: PowersStore;
}): JSX.Element {
  const { common } = useWords();
  const words = powerWordsOf(useWords());
  useEffect(() => store.askAttendance(), []);
  const list = store.attendance.value;
  const stays = (list?.stays ?? []).map((stay): NamedStay => ({
    ...stay,
    shown: stay.name || store.nameOf(stay.peerId) || common.someone,
  }));
  return (
    <ReservedDialog
      wide
      title={words.attendanceTitle}
      onClose={() => store.dialog.value = undefined}
    >
      {list?.isCut && <p role="note">{words.attendanceCut}</p>}
      <Table stays={stays} />
      <div class="confirm-keys">
        <button type="button" class="secondary" onClick={() => store.askAttendance()}>
          {words.refresh}
        </button>
        <button
          type="button"
          class="primary"
          disabled={list === undefined}
          onClick={() => list !== undefined && store.save(nameOf(call), csvOf(list, stays, words))}
        >
          {words.saveCsv}
        </button>
      </div>
    </ReservedDialog>
  );
}

function Table({ stays }: { stays: readonly NamedStay[] }): JSX.Element {
  const { common: { locale } } = useWords();
  const words = powerWordsOf(useWords());
  const format = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  return (
    <div class="reserved-table" tabIndex={0} role="group" aria-label={words.attendanceTitle}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.from}</th>
            <th scope="col">{words.to}</th>
          </tr>
        </thead>
        <tbody>
          {stays.map(({ peerId, shown, from, to }) => (
            <tr key={`${peerId} ${from}`}>
              <td dir="auto">{shown}</td>
              <td>{format.format(from)}</td>
              <td>{to === null ? words.still : format.format(to)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function nameOf({ session: { state } }: Call): string {
  return `${"room" in state ? state.room : "room"}-attendance.csv`;
}

function csvOf({ at }: Attendance, stays: readonly NamedStay[], words: PowerWords): string {
  const { name, from, to, minutes } = words;
  const headings = { name, from, to, minutes: minutes.other.replace("#", "").trim() };
  return attendanceCsv(stays, { headings, at });
}
