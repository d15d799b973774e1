namespace Comity.Kernel;

/// <summary>Identifiers of rows: UUIDv7, so that they sort by time of making.</summary>
public static class Ids
{
    public static Guid New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow());
}

/// <summary>The one way to ask for the time in entities and use cases: UTC.</summary>
public static class Clock
{
    public static DateTime Utc(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime;
}
