"""The verb `profiles`: who plays here; add, rename, archive or erase."""

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from game.clock import wall_time
from game.commands.argtypes import typed
from game.commands.context import Context, say, say_json
from game.commands.parser import Parser, verb_parser
from game.errors import UserError
from game.words import _, many

if TYPE_CHECKING:
    from game.commands.parser import Parser, Verbs


def add(verbs: "Verbs", shared: "Parser") -> None:
    """Its parser."""
    parser = verb_parser(verbs, shared, "profiles", "list, add, rename, archive or erase profiles")
    parser.set_defaults(act=profiles, do="list")
    every = "add|rename|archive|unarchive|erase|reset-pin"
    acts = parser.add_subparsers(dest="do", metavar=every, parser_class=Parser)
    verb_parser(acts, shared, "add", "add a profile").add_argument("name", type=typed, metavar="NAME")
    rename = verb_parser(acts, shared, "rename", "rename a profile")
    rename.add_argument("name", type=typed, metavar="NAME")
    rename.add_argument("new_name", type=typed, metavar="NEW")
    archive = verb_parser(acts, shared, "archive", "hide a profile from the screens and keep its runs")
    archive.add_argument("name", type=typed, metavar="NAME")
    unarchive = verb_parser(acts, shared, "unarchive", "show an archived profile again")
    unarchive.add_argument("name", type=typed, metavar="NAME")
    reset = verb_parser(
        acts, shared, "reset-pin", "remove the therapist's PIN, so that a new one can be chosen"
    )
    reset.add_argument("--yes", action="store_true", help="confirm")
    erase = verb_parser(acts, shared, "erase", "delete a profile and all its runs for good")
    erase.add_argument("name", type=typed, metavar="NAME")
    erase.add_argument("--yes", action="store_true", help="confirm")


def profiles(options: Namespace) -> int:
    """Show, add, rename, archive or erase profiles."""
    context = Context.of(options)
    with context.store() as store:
        if options.do == "add":
            store.add_profile(options.name, wall_time()).result()
        elif options.do == "rename":
            store.rename_profile(store.profile(options.name).result().id, options.new_name).result()
        elif options.do in ("archive", "unarchive"):
            archived = options.do == "archive"
            store.archive_profile(store.profile(options.name).result().id, archived).result()
        elif options.do == "reset-pin":
            return _reset_pin(context, store, options)
        elif options.do == "erase":
            return _erase(context, store, options)
        rows = [
            {"id": p.id, "name": p.name, "archived": p.archived, "runs": len(store.runs(p.id).result())}
            for p in store.profiles().result()
        ]
    if context.as_json:
        say_json({"profiles": rows})
        return 0
    for row in rows:
        played = many("{n} run", "{n} runs", int(str(row["runs"])))
        say(f"{row['name']:<24} {played}" + (f"  {_('archived')}" if row["archived"] else ""))
    return 0


def _reset_pin(context: Context, store: Any, options: Namespace) -> int:
    if not options.yes:
        raise UserError("The next person to open the therapist area chooses a new PIN; add --yes to confirm")
    store.clear_pin().result()
    if context.as_json:
        say_json({"pin": None})
    else:
        say(_("PIN removed. The therapist area asks for a new one."))
    return 0


def _erase(context: Context, store: Any, options: Namespace) -> int:
    profile = store.profile(options.name).result()
    if not options.yes:
        raise UserError(
            "{name}: erasing deletes every run for good; add --yes to confirm",
            name=profile.name,
        )
    gone = store.erase_profile(profile.id).result()
    if context.as_json:
        say_json({"erased": profile.id, "runs": gone.runs, "presses_and_releases": gone.touches})
    else:
        say(many("Deleted {name} and {n} run.", "Deleted {name} and {n} runs.", gone.runs, name=profile.name))
    return 0
