#:project ../src/Libraries/Comity.PortableObject/Comity.PortableObject.csproj
// `./comity i18n`: what the PO files lack or keep for nothing. With --write, adds empty entries and takes out unused ones.
var repository = Repository.Here();
var catalogues = Catalogue.All(repository);
var everywhere = catalogues.SelectMany(c => c.Wordings).ToList();
if (args is ["--write"])
{
    foreach (var catalogue in catalogues.Where(c => c.Wordings.Count > 0))
    {
        foreach (var language in Catalogue.Languages)
        {
            var shared = catalogue == catalogues[0] ? null : Catalogue.Shared(repository, language);
            var used = catalogue == catalogues[0] ? everywhere : catalogue.Wordings;
            CatalogueWriter.Update(
                repository.At(catalogue.FileOf(language)),
                language,
                catalogue.Wordings,
                used,
                shared
            );
        }
    }
}
else if (args.Length > 0)
{
    Console.Error.WriteLine("./comity i18n [--write]");
    return 2;
}

var faults = 0;
foreach (var language in Catalogue.Languages)
{
    var shared = Catalogue.Shared(repository, language);
    foreach (var fault in catalogues.SelectMany(c => c.Faults(repository, language, shared, everywhere)))
    {
        Console.WriteLine(fault);
        faults++;
    }
}

Console.WriteLine($"{everywhere.DistinctBy(w => w.Key).Count()} texts, {faults} to mend");
return faults == 0 ? 0 : 1;
