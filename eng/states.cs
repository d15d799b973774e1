// `./comity states`: writes the names of States (states.json of Comity.States, docs/states.md) from iso-codes, cldr-core and
// the reviewed files of eng/states/. With --check, writes nothing and says what would change.
var check = args is ["--check"];
if (args.Length > 0 && !check)
{
    Console.Error.WriteLine("./comity states [--check]");
    return 2;
}

try
{
    var repository = Repository.Here();
    var sources = new StateSources(repository);
    var review = StateReview.Read(repository);
    if (!await sources.SeeToAsync(review))
    {
        return 3;
    }

    var states = new StateNames(review, sources.IsoCodes(), sources.Containment());
    return GeneratedFile.Put(
        repository,
        check,
        ("src/Libraries/Comity.States/states.json", StatesJson.Of(states)),
        ("docs/states.md", StatesDocument.Of(states))
    );
}
catch (InvalidDataException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
