// A diary as Thunderbird and Nextcloud would keep it from the invitations a mailbox gets: the same
// questions as diary.py asks, over ical.js and the time zone that each file brings along.
//
// Each line of standard input is JSON, [{owner, mails: [base64, ...]}, ...]; each line of the answer
// is [{faults: ["mail 2: ...", ...], entries: [[title, start, end, location], ...]}, ...] with the
// times in seconds since 1970.
import { createInterface } from "node:readline"
import ICAL from "ical.js"

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(JSON.parse(line).map(({ owner, mails }) => keep(owner, mails))))
}

function keep(owner, mails) {
  const known = new Map()
  const faults = []
  mails.forEach((mail, number) => {
    const parts = leaves(Buffer.from(mail, "base64").toString("latin1"))
    const part = parts.find(({ type }) => /^text\/calendar\b/i.test(type))
    if (!part) return
    const found = act(known, owner.toLowerCase(), part)
    faults.push(...found.map((fault) => `mail ${number + 1}: ${fault}`))
  })
  const standing = [...known.values()].filter((entry) => !entry.isGone)
  standing.sort((a, b) => a.starts - b.starts || (a.title < b.title ? -1 : 1))
  return { faults, entries: standing.map((e) => [e.title, e.starts, e.ends, e.location]) }
}

function act(known, owner, part) {
  const calendar = new ICAL.Component(ICAL.parse(part.text))
  ICAL.TimezoneService.reset()
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone)
  const method = calendar.getFirstPropertyValue("method")
  const mime = /;\s*method="?(\w+)/i.exec(part.type)?.[1]
  if (mime?.toUpperCase() !== method) return [`METHOD does not agree: ${mime} and ${method}`]
  const events = calendar.getAllSubcomponents("vevent")
  if (events.length !== 1) return [`more than one VEVENT, or none: ${events.length}`]
  const entry = read(events[0])
  const before = known.get(entry.uid)
  const faults = [
    ...people(entry, before, owner, part.from),
    ...(method === "REQUEST" ? request(entry, before, known) : cancel(entry, before)),
  ]
  if (!faults.length) known.set(entry.uid, { ...entry, isGone: method !== "REQUEST" })
  return faults
}

function read(part) {
  const event = new ICAL.Event(part)
  const value = (name) => part.getFirstPropertyValue(name)
  const [starts, ends] = [event.startDate, event.endDate].map((time) => time.toUnixTime())
  const join = String(value("conference") ?? "")
  return {
    uid: event.uid, sequence: event.sequence, stamp: value("dtstamp").toUnixTime(),
    title: event.summary, starts, ends, location: event.location ?? "",
    organizer: address(value("organizer")),
    attendees: part.getAllProperties("attendee").map((who) => address(who.getFirstValue())),
    content: JSON.stringify([event.summary, starts, ends, event.location, join]),
  }
}

function people(entry, before, owner, from) {
  const faults = []
  if (!entry.attendees.length) faults.push("ATTENDEE absent")
  else if (String(entry.attendees) !== owner) faults.push(`ATTENDEE not the owner: ${entry.attendees}`)
  if (entry.organizer !== from) faults.push(`ORGANIZER not the sender: ${entry.organizer} and ${from}`)
  if (before && before.organizer !== entry.organizer) {
    faults.push(`ORGANIZER changed: ${before.organizer} to ${entry.organizer}`)
  }
  if (before && entry.stamp < before.stamp) faults.push(`DTSTAMP older: ${before.stamp} to ${entry.stamp}`)
  return faults
}

function request(entry, before, known) {
  if (!before) {
    const twins = [...known.values()].filter((other) => !other.isGone && isSameMeeting(other, entry))
    return twins.map((other) => `UID changed: ${other.uid} to ${entry.uid} of ${entry.title}`)
  }
  const numbers = `${before.sequence} to ${entry.sequence}`
  if (before.isGone) return [`REQUEST after CANCEL: ${entry.uid}`]
  if (entry.sequence < before.sequence) return [`SEQUENCE lower: ${numbers}`]
  const isOther = entry.content !== before.content
  return entry.sequence === before.sequence && isOther ? [`SEQUENCE equal: ${numbers}`] : []
}

function cancel(entry, before) {
  if (!before) return [`CANCEL of something unknown: ${entry.uid}`]
  const isLow = entry.sequence <= before.sequence && !before.isGone
  return isLow ? [`CANCEL not higher: ${before.sequence} to ${entry.sequence}`] : []
}

// For the eye: one title at one time.
function isSameMeeting(a, b) {
  return a.title === b.title && a.starts < b.ends && b.starts < a.ends
}

// Every part of a mail that holds no other part, with the address the mail is from.
function leaves(source, from) {
  const [head] = source.split(/\r?\n\r?\n/, 1)
  const body = source.slice(head.length).replace(/^\r?\n\r?\n/, "")
  const headers = new Map(
    head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/).map((line) => {
      const colon = line.indexOf(":")
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  const sender = from ?? address(headers.get("from").replace(/^.*<(.*)>$/, "$1"))
  const type = headers.get("content-type") ?? "text/plain"
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1]
  if (!boundary) {
    const coding = headers.get("content-transfer-encoding") === "base64" ? "base64" : "latin1"
    return [{ type, from: sender, text: Buffer.from(body, coding).toString("utf-8") }]
  }
  const inner = `\n${body}`.split(`\n--${boundary}`).slice(1, -1)
  return inner.flatMap((part) => leaves(part.replace(/^\r?\n/, ""), sender))
}

function address(value) {
  return String(value ?? "").toLowerCase().replace(/^mailto:/, "")
}
